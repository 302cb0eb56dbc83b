import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeId, policy } from '../../src/policies/fake-policies.ts';
import { createPolicies } from '../../src/policies/policies.ts';
import { possibleDuplicates } from '../../src/read/possible-duplicates.ts';
import { appUrl } from '../../src/store/app-url.ts';
import { createOrm } from '../../src/store/orm.ts';
import { connect } from '../support/blank-database.ts';
import { newDatabase } from '../support/postgres.ts';
import { silentLog } from '../support/silent-log.ts';

const howMany = 20_000;
const uuid = (n: string) => `('00000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
/** Everybody has two cars, each insured for three years, and of every other one there is a claim. */
const manyPolicies = `
  insert into customers (id, name, name_words)
    select ${uuid('n')}, 'Name', 'first' || n % 500 || ' last' || (hashint4(n) & 8191) from generate_series(1, ${howMany / 2}) n;
  insert into vehicles (id, registration, make, model, year, fuel)
    select ${uuid('n')}, chr(65 + n % 26) || chr(65 + n / 26 % 26) || lpad((n / 676)::text, 5, '0'), 'Skoda', 'Octavia', 2021, 'petrol'
    from generate_series(1, ${howMany}) n;
  insert into policies (number, customer_id, line, currency, inception, status)
    select (array['MOT', 'HOM', 'TRV', 'PET'])[n % 4 + 1] || '-' || lpad(n::text, 7, '0'), ${uuid(`1 + n % ${howMany / 2}`)},
      'motor', 'GBP', '2024-01-01', 'active' from generate_series(1, ${howMany}) n;
  insert into policy_versions (policy_number, version, valid_from, valid_to, term_start, term_end, recorded_at, reason, vehicle_id, coverages, premium)
    select number, v, date '2024-01-01' + v * 366, null, date '2024-01-01' + v * 366, date '2024-01-01' + (v + 1) * 366, now(),
      'renewal', ${uuid('right(number, 7)::int')}, '{"own-damage":{"name":"x","perils":["fire"],"limit":null,"excess":1}}', 1
    from policies, generate_series(1, 3) v;
  insert into claims (id, status, customer_id, policy_number, peril, incident_date, seq, created_at, updated_at)
    select ${uuid('row_number() over ()')}, 'triage', customer_id, number, 'fire', '2026-05-10T00:00:00Z', 1, now(), now()
    from policies where number like '%2'`;

test('twenty thousand policies are never read one after the other', async (t) => {
  const url = await newDatabase(t);
  const owner = await connect(t, url);
  await owner.query(manyPolicies);
  await owner.query('vacuum analyze');
  const orm = await createOrm(appUrl(url), { poolMax: 1, log: silentLog });
  t.after(() => orm.close());
  const policies = createPolicies(orm);

  /** How often each table has been read from end to end. */
  const scans = async () => {
    await orm.em.getConnection().execute('select pg_stat_force_next_flush()');
    const { rows } = await owner.query(
      `select relname, seq_scan::int from pg_stat_user_tables
        where relname in ('customers', 'vehicles', 'policies', 'policy_versions', 'claims') order by 1`,
    );
    return rows;
  };
  const isIndexed = async (what: string, work: () => Promise<unknown>) => {
    const before = await scans();
    await work();
    assert.deepEqual(await scans(), before, what);
  };

  const own = { customerId: '00000000-0000-7000-8000-000000000007' };
  for (const whose of [{}, own])
    for (const place of [{}, { after: 'MOT-0010000' }])
      for (const search of [undefined, 'MOT-00', 'hom-0012345', 'AB', 'ab00012', 'last77', 'first1 last7', 'nobody'])
        await isIndexed(JSON.stringify({ search, ...whose, ...place }), () =>
          policies.list({ limit: 50, ...(search !== undefined && { search }), ...whose, ...place }),
        );
  await isIndexed('one policy', () => policies.find('MOT-0000004'));
  await isIndexed('the policy at a loss', () => policies.coverAt('MOT-0000004', '2026-05-10'));
  const loss = { policyNumber: 'pet-0000002', peril: 'fire', occurredOn: '2026-05-11' };
  await isIndexed('duplicates', () => possibleDuplicates(orm, `claim/${fakeId(1)}`, loss));
  await isIndexed('an import', () => policies.importMany([policy(), policy({ number: 'MOT-2' })]));

  // The measure itself: it does see what is read from end to end.
  await assert.rejects(
    isIndexed('everything', () =>
      orm.em.getConnection().execute('select count(*) from vehicles where make = ?', ['x']),
    ),
  );
});
