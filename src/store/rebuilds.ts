/** The rooms of a kind one after the other, and how far a rebuild has come: on a connection of its own, beside the living server. */
import pg from 'pg';
import type { Log } from '../runtime/ports.ts';
import type { Progress, RebuildShelf } from '../runtime/rebuild.ts';

/** Any number, as long as nothing else in this database locks it. */
const rebuildLock = 4_217_002;

/** Null: another node is at it. */
export const openRebuilds = async (
  databaseUrl: string,
  log: Log,
): Promise<(RebuildShelf & { close(): Promise<void> }) | null> => {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'claimroom rebuild' });
  client.on('error', (error) => log.warn({ error: error.message }, 'the connection of a rebuild was lost'));
  await client.connect();
  // Held until the connection ends, however it ends.
  const { rows } = await client.query<{ isOurs: boolean }>('select pg_try_advisory_lock($1) as "isOurs"', [
    rebuildLock,
  ]);
  if (!rows[0]?.isOurs) {
    await client.end();
    return null;
  }
  return {
    async roomsAfter(kind, after, limit) {
      const page = await client.query<{ room: string; deadlines: string[] }>(
        `select h.room, array(select d.name from room_deadline d where d.room = h.room) as deadlines
         from room_head h where h.room > $1 and h.room < $2 order by h.room limit $3`,
        // All that begins with `kind/`: `0` is the character after the slash.
        [after ?? `${kind}/`, `${kind}0`, limit],
      );
      return page.rows;
    },
    async progress(kind) {
      const found = await client.query<Progress>('select version, reached from rebuild where kind = $1', [kind]);
      return found.rows[0] ?? null;
    },
    async keep(kind, { version, reached }) {
      await client.query(
        `insert into rebuild (kind, version, reached) values ($1, $2, $3)
         on conflict (kind) do update set version = excluded.version, reached = excluded.reached`,
        [kind, version, reached],
      );
    },
    close: () => client.end(),
  };
};
