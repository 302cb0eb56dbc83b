/**
 * Very many claims as lists and boards know them: list rows and figures without journal or state, so that a million fit into a
 * minute and a gigabyte. Three years of a large insurer: nine of ten are over, two hundred handlers, every day some are reported.
 */
import pg from 'pg';

const tables = ['claims', 'claim_figures'];
/** 0 to 1, always the same for the same claim and question. */
const dice = (question: number) => `(((hashint4extended(n, ${question}) & 1048575)::float8) / 1048576)`;
const made = (count: number) => `
  create temp table made as
  with drawn as (
    select n, uuidv7() as id, ${dice(1)} as fate, ${dice(2)} as urgency, ${dice(3)} as hand, ${dice(4)} as worth, ${dice(5)} as lasted,
      now() - ${dice(6)} * interval '1095 days' as reported_at
    from generate_series(1, ${count}) n)
  select id, 'CLM-2026-' || lpad(nextval('claim_number_seq')::text, 7, '0') as number, reported_at,
    case when fate < 0.90 then 'closed' when fate < 0.92 then 'denied' when fate < 0.93 then 'withdrawn' when fate < 0.94 then 'triage'
      when fate < 0.97 then 'assigned' when fate < 0.98 then 'assessment' when fate < 0.99 then 'review' else 'settling' end as status,
    case when urgency < 0.05 then 'P1' when urgency < 0.2 then 'P2' when urgency < 0.6 then 'P3' else 'P4' end as priority,
    ('00000000-0000-7000-8000-' || lpad(floor(hand * 200)::text, 12, '0'))::uuid as handler,
    floor(worth * 1000000)::bigint as worth, (1 + lasted * 60) * interval '1 day' as lasted, n
  from drawn`;

const listed = `
  insert into claims (id, claim_number, status, priority, customer_id, incident_date, handler_id, policy_number, peril, currency,
    reserve_amount, estimated_cost, payable_amount, is_discarded, seq, created_at, updated_at)
  select id, number, status, priority, ('00000000-0000-7000-9000-' || lpad((n % 400000)::text, 12, '0'))::uuid,
    date_trunc('day', reported_at), case when status <> 'triage' then handler end, 'POL-' || n % 500000,
    (array['collision', 'theft', 'fire', 'water', 'storm', 'glass', 'vandalism', 'other'])[n % 8 + 1], 'GBP',
    case when status in ('closed', 'withdrawn') then 0 else worth end, worth / 100.0, case when status = 'closed' then worth end, false, 12,
    reported_at, case when reported_at + lasted < now() then reported_at + lasted else now() - ${dice(7)} * (now() - reported_at) end
  from made order by id`;
const figured = `
  insert into claim_figures (id, status, priority, handler_id, in_hand_of, currency, reserve, paid, reported_on, closed_on,
    assessment_started_on, assessed_on, assessment_seconds, missed, broken_on,
    handling_seconds, settled, settlement_seconds, interactions, rated, stars, due_at, due_target)
  select id, status, priority, case when status <> 'triage' then handler end,
    case when status in ('assigned', 'assessment', 'review', 'settling') then handler end, 'GBP',
    case when status in ('closed', 'withdrawn') then 0 else worth end, case when status = 'closed' then worth else 0 end, reported_at::date,
    case when status = 'closed' then least(now(), reported_at + lasted)::date end, case when n % 2 = 0 then reported_at::date + 1 end,
    case when n % 2 = 0 and status <> 'assessment' then reported_at::date + 2 end, case when n % 2 = 0 then 90000 else 0 end,
    case when n % 11 = 0 then 1 else 0 end, case when n % 11 = 0 then least(now(), reported_at + interval '2 days')::date end,
    case when status = 'closed' then extract(epoch from lasted)::bigint else 0 end, case when status = 'closed' then 1 else 0 end,
    case when status = 'closed' then extract(epoch from lasted)::bigint - 3600 else 0 end, n % 9,
    case when status = 'closed' and n % 3 = 0 then 1 else 0 end, case when status = 'closed' and n % 3 = 0 then n % 5 + 1 else 0 end,
    case when status in ('review', 'triage') then now() + (n % 20000 - 2000) * interval '1 minute' end,
    case status when 'review' then 'decision' when 'triage' then 'triage' end
  from made order by id`;

export const fillLists = async (databaseUrl: string, count: number): Promise<void> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // What is lost in a crash is made again.
    await client.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '256MB'`);
    await client.query(made(count));
    // Indexes are made once, over all, rather than row by row.
    const { rows } = await client.query<{ name: string; definition: string }>(
      `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
       where i.indrelid = any($1::regclass[]) and not i.indisprimary`,
      [tables],
    );
    for (const { name } of rows) await client.query(`drop index ${name}`);
    await client.query(listed);
    await client.query(figured);
    for (const { definition } of rows) await client.query(definition);
    await client.query(`vacuum analyze ${tables.join(', ')}`);
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
};
