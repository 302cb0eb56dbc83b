/** Everything about a database's schema that a migration can change, as lines of text, so that two states can be compared. */
import type pg from 'pg';

const parts = [
  `select 'relation', n.nspname, c.relname, c.relkind, c.relpersistence, pg_get_userbyid(c.relowner) = current_user as is_mine,
          (select string_agg(x, ',' order by x) from unnest(c.reloptions) x),
          (select string_agg(x::text, ',' order by x::text) from unnest(c.relacl) x)
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'S', 'v', 'm') and n.nspname = 'public'`,
  `select 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where n.nspname = 'public' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`,
  `select 'index', indexname, indexdef from pg_indexes where schemaname = 'public'`,
  `select 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace`,
  `select 'trigger', tgrelid::regclass, tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal`,
  `select 'function', proname, pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace`,
  `select 'sequence', sequencename, start_value, min_value, max_value, increment_by, cycle, last_value
     from pg_sequences where schemaname = 'public'`,
  `select 'schema', nspname, (select string_agg(x::text, ',' order by x::text) from unnest(nspacl) x) from pg_namespace
    where nspname !~ '^pg_'`,
];

/** Without the table in which MikroORM notes what it has run. */
export const schemaOf = async (client: pg.Client): Promise<string[]> => {
  const lines: string[] = [];
  for (const part of parts) {
    const { rows } = await client.query<unknown[]>({ text: part, rowMode: 'array' });
    lines.push(...rows.map((row) => JSON.stringify(row)));
  }
  return lines.filter((line) => !line.includes('mikro_orm_migrations')).sort();
};
