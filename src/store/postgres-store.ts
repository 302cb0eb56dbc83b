/** The rooms' store on PostgreSQL. Appends go through the journal's own connections; loading and look-ups through a small pool. */
import pg from 'pg';
import type { Log, Remembered, Store, StoredRoom } from '../runtime/ports.ts';
import { type Codec, plain } from './codec.ts';
import { createJournalConnections } from './journal-connections.ts';
import { activateSql, eventsSql, findCommandSql, readSql } from './load-sql.ts';
import { type EventRecord, isWhole, loadedEvent, loadedRoom, type LoadedRow } from './loaded-room.ts';
import type { Orm } from './orm.ts';
import type { Table } from './projections.ts';
import { saveSnapshots } from './snapshots.ts';
import { readSums } from './sums.ts';

interface Options {
  readonly databaseUrl: string;
  readonly orm: Orm;
  /** Projection name → where its rows live. */
  readonly tables: ReadonlyMap<string, Table>;
  readonly poolMax: number;
  readonly timeoutMs: number;
  readonly rememberMax: number;
  readonly codec?: Codec;
  readonly log: Log;
}
export interface PostgresStore extends Store {
  close(): Promise<void>;
}

export const createPostgresStore = ({
  databaseUrl,
  orm,
  tables,
  poolMax,
  timeoutMs,
  rememberMax,
  codec = plain,
  log,
}: Options): PostgresStore => {
  const journal = createJournalConnections({ databaseUrl, timeoutMs, tables, codec, log });
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'claimroom rooms',
    max: poolMax,
    connectionTimeoutMillis: timeoutMs,
    statement_timeout: timeoutMs,
    query_timeout: timeoutMs + 500,
    idle_in_transaction_session_timeout: timeoutMs,
    keepAlive: true,
  });
  pool.on('error', (error) => log.warn({ error: error.message }, 'an idle database connection was lost'));

  const load = async (
    name: string,
    text: string,
    values: readonly [room: string, ...rest: unknown[]],
  ): Promise<StoredRoom | null> => {
    const { rows } = await pool.query<LoadedRow>({ name, text, values: [...values] });
    return rows[0] ? loadedRoom(values[0], rows[0], codec) : null;
  };
  const read = (room: string) => load('read', readSql, [room, rememberMax]);

  return {
    append: journal.append,
    async activate(room, owner) {
      const stored = await load('activate', activateSql, [room, rememberMax, owner]);
      if (!stored || isWhole(stored)) return stored;
      // The raise waited for an append; its head is new but the events were read as of before. Now that the epoch is ours nothing moves, so read again.
      const again = await read(room);
      return again && { ...again, epoch: stored.epoch };
    },
    read,
    async ownersOf(rooms) {
      const { rows } = await pool.query<{ room: string; owner: string; epoch: string }>({
        name: 'owners-of',
        text: 'select room, owner, epoch from room_head where room = any($1)',
        values: [rooms],
      });
      return rows.map(({ room, owner, epoch }) => ({ room, owner, epoch: Number(epoch) }));
    },
    async eventsOf(room, { before, types, limit }) {
      const { rows } = await pool.query<EventRecord>({
        name: 'events-of',
        text: eventsSql,
        values: [room, before ?? Number.MAX_SAFE_INTEGER, types ?? null, limit],
      });
      return rows.map((row) => loadedEvent(room, row, codec));
    },
    async findCommand(room, id): Promise<Remembered | null> {
      const { rows } = await pool.query<{ hash: string; by_id: string; epoch: string; last: string }>({
        name: 'find-command',
        text: findCommandSql,
        values: [room, id],
      });
      const found = rows[0];
      return found
        ? { id, hash: found.hash, byId: found.by_id, epoch: Number(found.epoch), seq: Number(found.last) }
        : null;
    },
    saveSnapshots: (snapshots) => saveSnapshots(orm, snapshots, codec),
    async deadlinesDue(until, limit) {
      const { rows } = await pool.query<{ room: string; name: string; at: Date }>({
        name: 'due',
        text: 'select room, name, at from room_deadline where at <= $1 order by at limit $2',
        values: [until, limit],
      });
      return rows.map(({ room, name, at }) => ({ room, name, at: at.toISOString() }));
    },
    async dropDeadline({ room, name, at }, seq) {
      await pool.query(
        `delete from room_deadline where room = $1 and name = $2 and at = $3
         and coalesce((select seq from room_head where room = $1), 0) = $4`,
        [room, name, at, seq],
      );
    },
    sums: (projection, cubes, firstDay) =>
      readSums({ databaseUrl, log, table: tables.get(projection)!, cubes, firstDay }),
    async close() {
      await Promise.all([journal.close(), pool.end()]);
    },
  };
};
