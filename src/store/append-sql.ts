/**
 * The one statement that makes turns durable. The head's compare-and-set is the fence: events, list rows, deadlines and jobs
 * are all joined to `done`, so a room that another node has taken leaves no trace, without any error being raised.
 */
import type { Batch } from '../runtime/ports.ts';
import type { Codec } from './codec.ts';
import type { Table } from './projections.ts';

/** Which parts a batch needs; each combination is written once and prepared under its own name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly string[];
}

/** One `with` query of the statement. Its rows come as one JSON parameter: one value to send and parse, however many columns. */
interface Part {
  readonly name: string;
  /** `$n` is its first parameter. */
  sql(n: number): string;
}

export const appendStatement = (batch: Batch, tables: ReadonlyMap<string, Table>, codec: Codec): Statement => {
  const parts: Part[] = [];
  /** The number of each part's first parameter. */
  const firsts: number[] = [];
  const values: string[] = [];
  const add = (part: Part, ...given: string[]) => {
    parts.push(part);
    firsts.push(values.length + 1);
    values.push(...given);
  };

  const known = batch.heads.filter((head) => !head.isNew);
  if (known.length > 0) add(moved, JSON.stringify(known));
  const isAnyNew = known.length < batch.heads.length;
  if (isAnyNew) add(born, JSON.stringify(batch.heads.filter((head) => head.isNew)), batch.owner);
  add(known.length === 0 ? doneBorn : isAnyNew ? doneBoth : doneMoved);
  if (batch.events.length > 0) add(added, eventsJson(batch, codec));
  for (const [projection, table] of tables) {
    const rows = batch.rows.filter((row) => row.projection === projection);
    if (rows.length > 0) add(listed(table), JSON.stringify(rows.map(({ room, row }) => ({ ...row, room }))));
  }
  if (batch.deadlinesCleared.length > 0) add(cleared, JSON.stringify(batch.deadlinesCleared));
  if (batch.deadlinesSet.length > 0) add(due, JSON.stringify(batch.deadlinesSet));
  if (batch.jobs.length > 0) add(jobs, JSON.stringify(batch.jobs.map((job, n) => ({ ...job, n }))));
  return { ...preparedOf(tables, parts, firsts), values };
};

const rowsOf = (n: number, alias: string, columns: string) => `json_to_recordset($${n}::json) as ${alias}(${columns})`;

const moved: Part = {
  name: 'moved',
  sql: (n) =>
    `update room_head h set seq = n.hi from ${rowsOf(n, 'n', 'room text, epoch bigint, lo bigint, hi bigint')} where h.room = n.room and h.epoch = n.epoch and h.seq = n.lo returning h.room`,
};
const born: Part = {
  name: 'born',
  sql: (n) =>
    `insert into room_head (room, kind, epoch, owner, seq) select n.room, n.kind, n.epoch, $${n + 1}::text, n.hi from ${rowsOf(n, 'n', 'room text, kind text, epoch bigint, hi bigint')} on conflict (room) do nothing returning room`,
};
const doneMoved: Part = { name: 'done', sql: () => 'select room from moved' };
const doneBorn: Part = { name: 'done', sql: () => 'select room from born' };
const doneBoth: Part = { name: 'done', sql: () => 'select room from moved union all select room from born' };
const eventColumns =
  'room text, seq bigint, epoch bigint, type text, version smallint, data jsonb, by_id text, by_seat text, at timestamptz, command_id uuid, command_hash text, correlation_id uuid';
const added: Part = {
  name: 'added',
  sql: (
    n,
  ) => `insert into room_event (room, seq, epoch, type, version, data, by_id, by_seat, at, command_id, command_hash, correlation_id)
       select e.room, e.seq, e.epoch, e.type, e.version, e.data, e.by_id, e.by_seat, e.at, e.command_id, decode(e.command_hash, 'hex'), e.correlation_id
       from ${rowsOf(n, 'e', eventColumns)} join done using (room)`,
};
const cleared: Part = {
  name: 'cleared',
  sql: (n) =>
    `delete from room_deadline d using ${rowsOf(n, 'c', 'room text, name text')}, done where done.room = c.room and d.room = c.room and d.name = c.name`,
};
const due: Part = {
  name: 'due',
  sql: (n) =>
    `insert into room_deadline (room, name, at) select s.room, s.name, s.at from ${rowsOf(n, 's', 'room text, name text, at timestamptz')} join done using (room) on conflict (room, name) do update set at = excluded.at`,
};
const jobColumns = 'room text, n int, task text, payload json, queue text, priority smallint';
const jobs: Part = {
  name: 'jobs',
  sql: (n) => `select count(*) as n from (
         select array_agg((j.task, j.payload, j.queue, null, null, null, j.priority, null)::graphile_worker.job_spec order by j.n) as specs from ${rowsOf(n, 'j', jobColumns)} join done using (room)
       ) wanted cross join lateral graphile_worker.add_jobs(wanted.specs) where wanted.specs is not null`,
};

/** The rows of one list; the same part for every batch. */
const listed = (table: Table): Part => {
  let part = listedByTable.get(table);
  if (!part) {
    const { key, columns } = table;
    const names = Object.keys(columns);
    const list = names.join(', ');
    const typed = ['room text', ...names.map((name) => `${name} ${columns[name]}`)].join(', ');
    const others = names.filter((name) => name !== key);
    const set = others.map((name) => `${name} = excluded.${name}`).join(', ');
    part = {
      name: `row_${table.table}`,
      sql: (n) =>
        `insert into ${table.table} (${list}) select ${list} from ${rowsOf(n, 'r', typed)} join done using (room) on conflict (${key}) do update set ${set}`,
    };
    listedByTable.set(table, part);
  }
  return part;
};
const listedByTable = new WeakMap<Table, Part>();

interface Prepared {
  readonly name: string;
  readonly text: string;
}
/** Names are short: Postgres cuts them at 63 bytes, and two that began alike would be one. */
let namesGiven = 0;
const preparedByTables = new WeakMap<ReadonlyMap<string, Table>, Map<string, Prepared>>();
const preparedOf = (
  tables: ReadonlyMap<string, Table>,
  parts: readonly Part[],
  firsts: readonly number[],
): Prepared => {
  let preparedByParts = preparedByTables.get(tables);
  if (!preparedByParts) preparedByTables.set(tables, (preparedByParts = new Map()));
  let which = '';
  for (const { name } of parts) which += `${name} `;
  let prepared = preparedByParts.get(which);
  if (!prepared) {
    const withs = parts.map(({ name, sql }, i) => `${name} as (${sql(firsts[i]!)})`);
    // A select that nobody refers to would not run.
    const counts = parts.includes(jobs) ? ', (select n from jobs) as jobs' : '';
    const text = `with ${withs.join(',\n')}\nselect (select array_agg(room) from done) as committed, pg_current_xact_id()::text as mark${counts}`;
    preparedByParts.set(which, (prepared = { name: `append-${namesGiven++}`, text }));
  }
  return prepared;
};

/** `dataJson` is already JSON: it is set in place, not encoded a second time. */
const eventsJson = (batch: Batch, codec: Codec): string => {
  const rows = batch.events.map(
    (event) =>
      `{"room":"${event.room}","seq":${event.seq},"epoch":${event.epoch},"type":"${event.type}","version":${event.version},"data":${codec.seal(event.room, event.dataJson)},` +
      `"by_id":${JSON.stringify(event.byId)},"by_seat":"${event.bySeat}","at":"${event.at}","command_id":${quoted(event.commandId)},` +
      `"command_hash":${quoted(event.commandHash)},"correlation_id":${quoted(event.correlationId)}}`,
  );
  return `[${rows.join(',')}]`;
};
const quoted = (value: string | null) => (value === null ? 'null' : JSON.stringify(value));
