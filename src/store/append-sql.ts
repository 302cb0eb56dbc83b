/**
 * The one statement that makes turns durable. The head's compare-and-set is the fence: events, list rows, deadlines and jobs
 * are all joined to `done`, so a room that another node has taken leaves no trace, without any error being raised.
 */
import type { Batch } from '../runtime/ports.ts';
import type { Codec } from './codec.ts';
import type { Table } from './projections.ts';

/** Which parts a batch needs; each combination is prepared once under its own name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly string[];
}

export const appendStatement = (batch: Batch, tables: ReadonlyMap<string, Table>, codec: Codec): Statement => {
  const values: string[] = [];
  const parts: string[] = [];
  const counts: string[] = [];
  /** A list of rows as one JSON parameter: one value to send and parse, however many columns. */
  const rowsOf = (json: string, alias: string, columns: string) =>
    `json_to_recordset($${values.push(json)}::json) as ${alias}(${columns})`;
  const add = (name: string, sql: string) => {
    parts.push(`${name} as (${sql})`);
  };

  const known = batch.heads.filter((head) => !head.isNew);
  const born = batch.heads.filter((head) => head.isNew);
  const done: string[] = [];
  if (known.length > 0) {
    const heads = rowsOf(JSON.stringify(known), 'n', 'room text, epoch bigint, lo bigint, hi bigint');
    add(
      'moved',
      `update room_head h set seq = n.hi from ${heads} where h.room = n.room and h.epoch = n.epoch and h.seq = n.lo returning h.room`,
    );
    done.push('select room from moved');
  }
  if (born.length > 0) {
    const heads = rowsOf(JSON.stringify(born), 'n', 'room text, kind text, epoch bigint, hi bigint');
    const owner = `$${values.push(batch.owner)}::text`;
    add(
      'born',
      `insert into room_head (room, kind, epoch, owner, seq) select n.room, n.kind, n.epoch, ${owner}, n.hi from ${heads} on conflict (room) do nothing returning room`,
    );
    done.push('select room from born');
  }
  parts.push(`done as (${done.join(' union all ')})`);

  if (batch.events.length > 0) {
    const events = rowsOf(
      eventsJson(batch, codec),
      'e',
      'room text, seq bigint, epoch bigint, type text, version smallint, data jsonb, by_id text, by_seat text, at timestamptz, command_id uuid, command_hash text, correlation_id uuid',
    );
    add(
      'added',
      `insert into room_event (room, seq, epoch, type, version, data, by_id, by_seat, at, command_id, command_hash, correlation_id)
       select e.room, e.seq, e.epoch, e.type, e.version, e.data, e.by_id, e.by_seat, e.at, e.command_id, decode(e.command_hash, 'hex'), e.correlation_id
       from ${events} join done using (room)`,
    );
  }
  for (const [projection, table] of tables) {
    const rows = batch.rows.filter((row) => row.projection === projection);
    if (rows.length === 0) continue;
    const { list, typed, set } = sqlOf(table);
    const given = rowsOf(JSON.stringify(rows.map(({ room, row }) => ({ ...row, room }))), 'r', typed);
    add(
      `row_${table.table}`,
      `insert into ${table.table} (${list}) select ${list} from ${given} join done using (room) on conflict (${table.key}) do update set ${set}`,
    );
  }
  if (batch.deadlinesCleared.length > 0) {
    const rows = rowsOf(JSON.stringify(batch.deadlinesCleared), 'c', 'room text, name text');
    add(
      'cleared',
      `delete from room_deadline d using ${rows}, done where done.room = c.room and d.room = c.room and d.name = c.name`,
    );
  }
  if (batch.deadlinesSet.length > 0) {
    const rows = rowsOf(JSON.stringify(batch.deadlinesSet), 's', 'room text, name text, at timestamptz');
    add(
      'due',
      `insert into room_deadline (room, name, at) select s.room, s.name, s.at from ${rows} join done using (room) on conflict (room, name) do update set at = excluded.at`,
    );
  }
  if (batch.jobs.length > 0) {
    const rows = rowsOf(
      JSON.stringify(batch.jobs.map((job, n) => ({ ...job, n }))),
      'j',
      'room text, n int, task text, payload json, queue text, priority smallint',
    );
    add(
      'jobs',
      `select count(*) as n from (
         select array_agg((j.task, j.payload, j.queue, null, null, null, j.priority, null)::graphile_worker.job_spec order by j.n) as specs from ${rows} join done using (room)
       ) wanted cross join lateral graphile_worker.add_jobs(wanted.specs) where wanted.specs is not null`,
    );
    // A select that nobody refers to would not run.
    counts.push(', (select n from jobs) as jobs');
  }
  const text = `with ${parts.join(',\n')}\nselect (select array_agg(room) from done) as committed, pg_current_xact_id()::text as mark${counts.join('')}`;
  return { name: nameOf(text), text, values };
};

/** The columns of a list as its statement names them; the same in every batch. */
interface RowSql {
  readonly list: string;
  readonly typed: string;
  readonly set: string;
}
const sqlByTable = new WeakMap<Table, RowSql>();
const sqlOf = (table: Table): RowSql => {
  let sql = sqlByTable.get(table);
  if (!sql) {
    const { key, columns } = table;
    const names = Object.keys(columns);
    sql = {
      list: names.join(', '),
      typed: ['room text', ...names.map((name) => `${name} ${columns[name]}`)].join(', '),
      set: names
        .filter((name) => name !== key)
        .map((name) => `${name} = excluded.${name}`)
        .join(', '),
    };
    sqlByTable.set(table, sql);
  }
  return sql;
};

/** A short name per text: Postgres cuts names at 63 bytes, and two that began alike would be one. */
const nameOf = (text: string): string => {
  let name = namesByText.get(text);
  if (!name) namesByText.set(text, (name = `append-${namesByText.size}`));
  return name;
};
const namesByText = new Map<string, string>();

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
