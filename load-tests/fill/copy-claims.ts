/**
 * Many claims out of a few: journal, head, snapshot, deadlines and list rows of each template, copied in the database
 * under new ids and numbers. The templates were written by the server itself, so the copies have the shape of real ones.
 */
import pg from 'pg';

/** Ids rise with time like those of real claims, so copies lie in the indexes where real ones would. */
const namesOf = (count: number) => `
  create temp table copy as
  select t.room as template, t.id as template_id, 'claim/' || n.id as room, n.id, t.number as template_number,
    'CLM-' || substr(t.number, 5, 4) || '-' || lpad(nextval('claim_number_seq')::text, 7, '0') as number
  from (select nth, uuidv7() as id from generate_series(0, ${count} - 1) nth) n
  join (select 'claim/' || id as room, id, claim_number as number, row_number() over (order by id) - 1 as nth, count(*) over () as of
        from claims) t on t.nth = n.nth % t.of
  order by n.id`;
/** Columns the database reckons itself are left to it. */
const writtenColumns = `
  select column_name as name from information_schema.columns
   where table_schema = 'public' and table_name = 'claims' and is_generated = 'NEVER'`;
const copied: Readonly<Record<string, string>> = { id: 'y.id', claim_number: 'y.number' };
const listed = (columns: readonly string[]) => `
  insert into claims (${columns.join(', ')})
  select ${columns.map((column) => copied[column] ?? `c.${column}`).join(', ')} from copy y join claims c on c.id = y.template_id`;
/** A claim's own id and number stand in what it says of itself, too. */
const renamed = (column: string) =>
  `replace(replace(${column}::text, y.template_id::text, y.id::text), y.template_number, y.number)::jsonb`;
const statements = [
  'analyze copy',
  // Copies are looked up in the order of their ids and so written in that order: several times faster than any other.
  'set enable_hashjoin = off',
  'set enable_mergejoin = off',
  `insert into room_head (room, kind, epoch, owner, seq)
   select y.room, h.kind, h.epoch, h.owner, h.seq from copy y join room_head h on h.room = y.template`,
  `insert into room_event (room, seq, epoch, type, version, data, by_id, by_seat, at, command_id, command_hash, correlation_id)
   select y.room, e.seq, e.epoch, e.type, e.version, ${renamed('e.data')}, e.by_id, e.by_seat, e.at,
     e.command_id, e.command_hash, e.correlation_id
   from copy y join room_event e on e.room = y.template`,
  `insert into room_snapshot (room, seq, epoch, version, state, at)
   select y.room, s.seq, s.epoch, s.version, ${renamed('s.state')}, s.at from copy y join room_snapshot s on s.room = y.template`,
  `insert into room_deadline (room, name, at)
   select y.room, d.name, d.at from copy y join room_deadline d on d.room = y.template`,
  // The words hold the number with and without what stands between its parts: its last seven digits are in both.
  `insert into claim_search (id, words)
   select y.id, replace(s.words, right(y.template_number, 7), right(y.number, 7))
   from copy y join claim_search s on s.id = y.template_id`,
  `insert into claim_figures select (jsonb_populate_record(f, jsonb_build_object('id', y.id))).*
   from copy y join claim_figures f on f.id = y.template_id`,
  // What happened long ago is in the audit; else the server would bring all of it in while it is measured.
  `insert into audit_room (room, seq) select y.room, h.seq from copy y join room_head h on h.room = y.template`,
];
const atLast = [
  'vacuum analyze room_head, room_event, room_snapshot, room_deadline, claims, claim_search, claim_figures, audit_room',
  'checkpoint',
];

/** Answers the rooms of the copies. */
export const copyClaims = async (databaseUrl: string, count: number): Promise<string[]> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // What is lost in a crash is made again.
    await client.query('set synchronous_commit = off');
    await client.query(namesOf(count));
    const columns = await client.query<{ name: string }>(writtenColumns);
    for (const statement of [...statements, listed(columns.rows.map(({ name }) => name)), ...atLast])
      await client.query(statement);
    const { rows } = await client.query<{ room: string }>('select room from copy order by room');
    return rows.map(({ room }) => room);
  } finally {
    await client.end();
  }
};
