/**
 * What the audit still lacks of the rooms' events, read and put down on a connection of its own: with statements that are
 * prepared once, because this is done for every event there is.
 */
import pg from 'pg';
import type { Log } from '../runtime/ports.ts';
import { digestSql } from './digest.ts';

export interface EventRow {
  readonly room: string;
  readonly seq: string;
  readonly type: string;
  readonly data: unknown;
  readonly by_id: string;
  readonly by_seat: string;
  readonly at: string;
  readonly correlation_id: string | null;
  readonly digest: string;
}
interface Options {
  readonly databaseUrl: string;
  readonly timeoutMs: number;
  readonly log: Log;
}

/** Any number, as long as nothing else in this database locks it: nodes take turns. */
const roomsLock = 4_217_003;

export const createRoomShelf = ({ databaseUrl, timeoutMs, log }: Options) => {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'claimroom audit',
    max: 1,
    connectionTimeoutMillis: timeoutMs,
    statement_timeout: timeoutMs,
    query_timeout: timeoutMs + 500,
    idle_in_transaction_session_timeout: timeoutMs,
    keepAlive: true,
  });
  pool.on('error', (error) => log.warn({ error: error.message }, 'the connection of the audit was lost'));
  // While it is at work the pool does not listen, and what nobody listens to ends the process; whoever asked is told anyway.
  pool.on('connect', (client) => client.on('error', () => undefined));

  const transaction = async <T>(run: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const done = await run(client);
      await client.query('commit');
      client.release();
      return done;
    } catch (error) {
      // Whatever state it is in: the next one is a fresh one.
      client.release(true);
      throw error;
    }
  };

  return {
    /** How many events it took; fewer than `limit`: that was all of these rooms. */
    takeIn: (rooms: readonly string[], limit: number, entryOf: (event: EventRow) => string): Promise<number> =>
      transaction(async (client) => {
        await client.query(`select pg_advisory_xact_lock(${roomsLock})`);
        const { rows: events } = await client.query<EventRow>({
          name: 'events',
          text: eventsSql,
          values: [JSON.stringify(rooms), limit],
        });
        if (events.length === 0) return 0;
        const reached = new Map(events.map(({ room, seq }) => [room, Number(seq)]));
        await client.query({
          name: 'reached',
          text: `insert into audit_room (room, seq) select room, seq from json_to_recordset($1::json) as r(room text, seq bigint)
                 on conflict (room) do update set seq = excluded.seq`,
          values: [JSON.stringify([...reached].map(([room, seq]) => ({ room, seq })))],
        });
        // Last, because it holds the chain until the end.
        await client.query({
          name: 'entries',
          text: 'select from audit_append($1::json)',
          values: [JSON.stringify(events.map(entryOf))],
        });
        return events.length;
      }),
    /** Rooms after this one, by name, with events that are not in the audit. */
    async behind(after: string, limit: number): Promise<string[]> {
      const { rows } = await pool.query<{ room: string }>({ name: 'behind', text: behindSql, values: [after, limit] });
      return rows.map(({ room }) => room);
    },
    close: () => pool.end(),
  };
};

/** Of as many of these rooms as fill a batch; one far behind does not make every batch read all of it. */
const eventsSql = `
  with pending as (
    select r.room, coalesce(a.seq, 0) as seq,
           coalesce(sum(h.seq - coalesce(a.seq, 0)) over (order by r.room rows between unbounded preceding and 1 preceding), 0)
             as before
      from json_array_elements_text($1::json) as r(room) join room_head h using (room) left join audit_room a using (room)
     where h.seq > coalesce(a.seq, 0)
  )
  select e.room, e.seq, e.type, e.data, e.by_id, e.by_seat, e.correlation_id, ${digestSql('e')} as digest,
         to_char(e.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from pending p
   cross join lateral (
     select * from room_event v where v.room = p.room and v.seq > p.seq order by v.seq limit $2
   ) e
   where p.before < $2
   order by e.at, e.room, e.seq limit $2`;
const behindSql = `
  select h.room from room_head h left join audit_room a using (room)
   where h.seq > coalesce(a.seq, 0) and h.room > $1 order by h.room limit $2`;
