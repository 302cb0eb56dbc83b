/** Counts the rows of a list in Postgres, all cubes as of one moment, on a connection of its own: it may take a second of a busy database. */
import pg from 'pg';
import type { Cell, Cube } from '../../rooms/tally.ts';
import type { Log, Reading, Seen } from '../runtime/ports.ts';
import type { Table } from './projections.ts';

interface Options {
  readonly databaseUrl: string;
  readonly log: Log;
  readonly table: Table;
  readonly cubes: readonly Cube[];
  readonly firstDay: string;
}
const timeoutMs = 60_000;

export const sumsSql = ({ table }: Pick<Table, 'table'>, { by, sums, isByDay }: Cube): string => {
  const keys = by.map((column) => `${column}::text`);
  const totals = ['count(*)', ...sums.map((column) => `coalesce(sum(${column}), 0)`)];
  const list = [...keys, ...totals.map((total) => `(${total})::text`)].map((value, i) => `${value} as c${i}`);
  const isKept = isByDay ? ` and ${by[0]} >= $1::date` : '';
  return `select ${list.join(', ')} from ${table} where ${by[0]} is not null${isKept} group by ${by.join(', ')}`;
};

export const readSums = async ({ databaseUrl, log, table, cubes, firstDay }: Options): Promise<Reading> => {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'claimroom figures',
    statement_timeout: timeoutMs,
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', (error) => log.warn({ error: error.message }, 'the connection that reads figures was lost'));
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const { rows } = await client.query<{ snapshot: string }>('select pg_current_snapshot()::text as snapshot');
    const cells: Record<string, Cell[]> = {};
    for (const cube of cubes) {
      const text = sumsSql(table, cube);
      const found = await client.query<(string | null)[]>({
        text,
        values: cube.isByDay ? [firstDay] : [],
        rowMode: 'array',
      });
      const width = cube.by.length;
      cells[cube.name] = found.rows.map((row) => ({
        by: row.slice(0, width),
        n: Number(row[width]),
        sums: row.slice(width + 1).map(Number),
      }));
    }
    await client.query('commit');
    return { cells, seen: seenOf(rows[0]!.snapshot) };
  } finally {
    await client.end();
  }
};

/** `xmin:xmax:xip,…`: what was committed below xmin, and below xmax unless it was still under way. */
export const seenOf = (snapshot: string): Seen => {
  const [below, from, except] = snapshot.split(':');
  return { below: Number(below), from: Number(from), except: except ? except.split(',').map(Number) : [] };
};
