import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeId, policy } from '../../src/policies/fake-policies.ts';
import { createPolicies } from '../../src/policies/policies.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createOrm } from '../../src/store/orm.ts';
import { blankDatabase, connect } from '../support/blank-database.ts';
import { schemaOf } from '../support/schema-of.ts';
import { silentLog } from '../support/silent-log.ts';

test('policies and the lists of claims come to a database that has claims, and go from it again, and the claims stay', async (t) => {
  const url = await blankDatabase(t);
  await migrate(url);
  const owner = await connect(t, url);
  const schema = await schemaOf(owner);
  const orm = await createOrm(url, { poolMax: 2, log: silentLog });
  t.after(() => orm.close());
  const upTo = '20261121090200_claims';
  const columns = 'id, status, customer_id, policy_number, incident_date, handler_id, reserve_amount, seq, updated_at';
  const claims = async () => (await owner.query(`select ${columns} from claims order by id`)).rows;

  await orm.migrator.down({ to: upTo });
  await owner.query(
    `insert into claims (id, claim_number, status, customer_id, policy_number, peril, incident_date, handler_id, reserve_amount, seq, created_at, updated_at)
     select ('0190a000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'CLM-' || n, 'triage', $1, 'mot-1', 'fire', '2026-05-10T00:00:00Z',
       case when n % 2 = 0 then $1::uuid end, n, n, now(), now() from generate_series(1, 300) n`,
    [fakeId(0xc1)],
  );
  const before = await claims();

  await orm.migrator.up();
  assert.deepEqual(await schemaOf(owner), schema);
  assert.deepEqual(await claims(), before);
  assert.deepEqual((await owner.query('select distinct is_discarded from claims')).rows, [{ is_discarded: false }]);
  await createPolicies(orm).importMany([policy()]);
  await owner.query(`insert into claim_search (id, words) select id, 'mot1' from claims`);

  await orm.migrator.down({ to: upTo });
  assert.deepEqual(await claims(), before, 'with policies and words to search by there, too');
  const left = await owner.query(`select to_regclass('policies') as policies, to_regclass('claim_search') as words`);
  assert.deepEqual(left.rows, [{ policies: null, words: null }]);
  await orm.migrator.up();
  assert.deepEqual(await schemaOf(owner), schema);
  assert.deepEqual(await claims(), before);
});
