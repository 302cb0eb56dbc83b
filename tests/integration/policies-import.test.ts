import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fakeId, policy, version } from '../../src/policies/fake-policies.ts';
import { naughtyStrings } from '../support/naughty-strings.ts';
import { counts, endorsement, henry, numbers, outcome, policyPeople, whole } from '../support/policy-people.ts';

describe('importing policies', () => {
  test('brings them in once; the same again changes nothing', async (t) => {
    const { rest, bring, agent } = await policyPeople(t);
    const file = [whole, policy({ number: 'HOM-1', line: 'home', versions: [version({ vehicle: null })] })];
    const everything = async () => {
      const rows: unknown[][] = [];
      for (const table of ['customers', 'vehicles', 'policies', 'policy_versions'])
        rows.push((await rest.owner.query(`select *, xmin from ${table} order by 1, 2`)).rows);
      return rows;
    };
    assert.deepEqual(counts(await bring(...file)), [2, 0, 0, []]);
    const before = await everything();
    assert.deepEqual(
      before.map((rows) => rows.length),
      [1, 2, 2, 4],
    );
    assert.deepEqual(counts(await bring(...file)), [0, 0, 2, []]);
    assert.deepEqual(await everything(), before, 'not even rewritten as it was');
    assert.deepEqual(numbers(await agent.get('/api/policies')), ['HOM-1', 'MOT-1']);
  });

  test('adds versions and corrects people, and never rewrites a version', async (t) => {
    const { rest, bring, agent } = await policyPeople(t);
    await bring(policy());
    const moved = { id: henry, name: 'Henry Okoro', postcode: 'LS1 1AA' };
    assert.deepEqual(counts(await bring(policy({ customer: moved, versions: [endorsement] }))), [0, 1, 0, []]);
    const { json } = await agent.get('/api/policies/MOT-1?asOf=2026-07-01');
    assert.deepEqual([json.version.version, json.holder.postcode, json.holder.isVulnerable], [2, 'LS1 1AA', false]);

    const rewriting = await bring(policy({ versions: [version({ premium: 1 })] }));
    const issues = [{ path: 'versions.0', message: 'is recorded otherwise: say it as a new version' }];
    assert.deepEqual(counts(rewriting), [0, 0, 0, [{ row: 1, number: 'MOT-1', issues }]]);
    const refused = { code: '42501' };
    await assert.rejects(rest.orm.em.fork().execute('update policy_versions set premium = 1'), refused);
    await assert.rejects(rest.orm.em.fork().execute('delete from policy_versions'), refused);
    assert.equal((await agent.get('/api/policies/MOT-1?asOf=2026-02-01')).json.version.premium, 612_40);
  });

  test('refuses rows one by one, by number, row and field, and takes the others', async (t) => {
    const { bring, agent } = await policyPeople(t);
    const reply = await bring(
      policy({ number: 'GOOD-1' }),
      { ...policy({ number: 'bad-2' }), currency: 'XXX', extra: 1 },
      'not even an object',
      policy({ number: 'BAD-4', versions: [version({ validTo: '2025-01-01' })] }),
      policy({ number: 'good-5' }),
      policy({ number: 'GOOD-5' }),
    );
    const [created, changed, unchanged, refused] = counts(reply);
    assert.deepEqual([created, changed, unchanged], [2, 0, 0]);
    const told = (refused as { row: number; number?: string; issues: { path: string }[] }[]).map((row) => [
      row.row,
      row.number,
      ...row.issues.map(({ path }) => path),
    ]);
    assert.deepEqual(told, [
      [2, 'BAD-2', 'currency', ''],
      [3, undefined, ''],
      [4, 'BAD-4', 'versions.0.validTo'],
      [6, 'GOOD-5', 'number'],
    ]);
    assert.deepEqual(numbers(await agent.get('/api/policies')), ['GOOD-1', 'GOOD-5']);
  });

  test('is for administrators, and for files of a bounded size', async (t) => {
    const { rest, agent, holder, administrator } = await policyPeople(t);
    const supervisor = await rest.signedIn({ roles: ['supervisor'] });
    for (const one of [agent, holder, supervisor])
      assert.deepEqual(outcome(await one.post('/api/policies/import', { policies: [policy()] })), [403, 'forbidden']);
    assert.equal((await rest.call('POST', '/api/policies/import', { json: { policies: [] } })).status, 401);
    const envelopes: [unknown, string][] = [
      [{}, 'policies'],
      [{ policies: [] }, 'policies'],
      [{ policies: Array(1_001).fill({}) }, 'policies'],
      [{ policies: [policy()], dryRun: true }, ''],
      [[policy()], ''],
    ];
    for (const [body, path] of envelopes) {
      const { status, json } = await administrator.post('/api/policies/import', body);
      assert.deepEqual([status, json.code, json.details.issues[0].path], [400, 'invalid', path]);
    }
    assert.deepEqual(numbers(await agent.get('/api/policies')), [], 'nothing of all that got in');
    assert.deepEqual(rest.logged, []);
  });

  test('of a full file is done in one request, and of two at once each as if alone', async (t) => {
    const { rest, bring, agent } = await policyPeople(t);
    const small = version({ vehicle: null });
    const many = Array.from({ length: 1_000 }, (_, n) =>
      policy({
        number: `P-${String(n).padStart(4, '0')}`,
        customer: { id: fakeId(n), name: `N ${n}` },
        versions: [small],
      }),
    );
    const [one, other] = await Promise.all([bring(...many), bring(...many)]);
    const sums = [one, other].map(({ json }) => json.created).toSorted((a, b) => a - b);
    assert.deepEqual(sums, [0, 1_000]);
    const { json } = await agent.get('/api/policies?limit=100');
    assert.deepEqual([json.policies.length, json.next], [100, 'P-0099']);
    assert.deepEqual(rest.logged, []);
  });

  test('keeps what people type, whatever it looks like', async (t) => {
    const { rest, bring, agent } = await policyPeople(t);
    const names = naughtyStrings.filter((text) => text.trim() !== '' && text.isWellFormed() && !text.includes('\0'));
    const rows = names.slice(0, 400).map((name, n) =>
      policy({
        number: `N-${n}`,
        customer: { id: fakeId(n + 1), name: name.slice(0, 100) },
        versions: [version({ vehicle: null })],
      }),
    );
    const reply = await bring(...rows);
    assert.deepEqual([reply.json.created, reply.json.refused], [rows.length, []]);
    for (const n of [0, 17, rows.length - 1]) {
      const { json } = await agent.get(`/api/policies/N-${n}`);
      assert.equal(json.holder.name, names[n]!.slice(0, 100).trim().normalize('NFC'));
    }
    assert.deepEqual(rest.logged, []);
  });
});
