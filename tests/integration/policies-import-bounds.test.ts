import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { coverages, fakeId, policy, type PolicyInput, vehicle, version } from '../../src/policies/fake-policies.ts';
import { createPolicies } from '../../src/policies/policies.ts';
import { appUrl } from '../../src/store/app-url.ts';
import { createOrm } from '../../src/store/orm.ts';
import { newAuth } from '../support/auth.ts';
import { counts, endorsement, numbers, outcome, policyPeople } from '../support/policy-people.ts';
import { newRest } from '../support/rest.ts';
import { silentLog } from '../support/silent-log.ts';

const many = (rows: number, each: (n: number) => PolicyInput['versions']) =>
  Array.from({ length: rows }, (_, n) =>
    policy({ number: `P-${n}`, customer: { id: fakeId(n), name: `Name ${n}` }, versions: each(n) }),
  );
const car = (n: number) => ({ ...vehicle, id: fakeId(10_000 + n), registration: `R${n}` });

describe('an import of policies', () => {
  test('of a full file, or of long histories, never holds up the rooms for 20 ms', async (t) => {
    const { orm } = await newAuth(t);
    const policies = createPolicies(orm);
    const perils = ['collision', 'theft', 'fire', 'water', 'storm', 'glass', 'vandalism', 'other'] as const;
    const all = Array.from({ length: 20 }, (_, n) => [
      `cover-${n}`,
      { name: 'All of it', perils, limit: 1, excess: 0 },
    ]);
    const history = Array.from({ length: 50 }, (_, n) =>
      version({ version: n + 1, coverages: Object.fromEntries(all), vehicle: null, premium: n }),
    );
    const files = {
      'a full file': many(1_000, (n) => [version({ vehicle: car(n) })]),
      'the same again': many(1_000, (n) => [version({ vehicle: car(n) })]),
      'long histories': many(4, () => history).map((row) => ({ ...row, number: `L${row.number}` })),
      'nothing but faults': many(1_000, () => [version({ validFrom: 'never' })]),
    };
    // Once before it counts, as the compiler has its turn, too.
    await policies.importMany(
      many(100, () => [version({ vehicle: null })]).map((row) => ({ ...row, number: `W${row.number}` })),
    );

    for (const [what, file] of Object.entries(files)) {
      let longest = 0;
      let isDone = false;
      // Of this thread only, and only while it works: what else the machine does is not the question.
      const spent = () => Object.values(process.threadCpuUsage()).reduce((sum, us) => sum + us / 1_000, 0);
      const watch = (before: number) => {
        const now = spent();
        longest = Math.max(longest, now - before);
        if (!isDone) setImmediate(watch, now);
      };
      setImmediate(watch, spent());
      const { refused } = await policies.importMany(file);
      isDone = true;
      assert.equal(refused.length, what === 'nothing but faults' ? 1_000 : 0);
      assert.ok(longest < 20, `${what}: ${longest} ms`);
    }
  });

  test('names each row it refuses, whatever is wrong with it, and takes the rest', async (t) => {
    const { rest, administrator, bring, agent } = await policyPeople(t);
    await bring(policy({ number: 'OLD-1', versions: [version({ vehicle: null })] }));
    const one = coverages['own-damage'];
    const change = (given: Parameters<typeof version>[0]) => ({ versions: [version({ vehicle: null, ...given })] });
    const rows: [unknown, string | null][] = [
      [policy({ number: 'A-1', ...change({}) }), null],
      // Later versions overrule earlier ones, so these may overlap.
      [policy({ number: 'A-2', versions: [version({ vehicle: null }), version({ version: 7, vehicle: null })] }), null],
      [policy({ number: 'OLD-1', currency: 'EUR', ...change({}) }), 'currency'],
      [policy({ number: 'a-1', ...change({ premium: 5 }) }), 'number'],
      [policy({ number: 'B-1', ...change({ premium: 2 ** 53 }) }), 'versions.0.premium'],
      [policy({ number: 'B-2', ...change({ premium: 1e308 }) }), 'versions.0.premium'],
      [policy({ number: 'B-3', ...change({ version: 501 }) }), 'versions.0.version'],
      [
        policy({ number: 'B-4', ...change({ coverages: { fire: { ...one, limit: 2 ** 60 } as never } }) }),
        'versions.0.coverages.fire.limit',
      ],
      [policy({ number: 'B-5', ...change({ vehicle: { ...vehicle, year: 99_999 } }) }), 'versions.0.vehicle.year'],
      [policy({ number: 'B-6', ...change({ validFrom: '10000-01-01' }) }), 'versions.0.validFrom'],
      [policy({ number: 'B-7', ...change({ validTo: '2026-02-29' }) }), 'versions.0.validTo'],
      [policy({ number: 'B-8', customer: { id: fakeId(1), name: 'x'.repeat(201) }, ...change({}) }), 'customer.name'],
      [policy({ number: 'B-9', versions: Array(51).fill(version()) }), 'versions'],
      [[], ''],
      [null, ''],
      ['A-9', ''],
      [policy({ number: 'A-3', ...change({ premium: Number.MAX_SAFE_INTEGER }) }), null],
    ];
    const reply = await bring(...rows.map(([row]) => row));
    const [created, changed, unchanged, refused] = counts(reply);
    assert.deepEqual([created, changed, unchanged], [3, 0, 0]);
    assert.deepEqual(
      (refused as { row: number; issues: { path: string }[] }[]).map(({ row, issues }) => [row, issues[0]!.path]),
      rows.flatMap(([, path], i) => (path === null ? [] : [[i + 1, path]])),
    );
    assert.deepEqual(numbers(await agent.get('/api/policies')), ['A-1', 'A-2', 'A-3', 'OLD-1']);
    assert.equal((await agent.get('/api/policies/A-3')).json.version.premium, Number.MAX_SAFE_INTEGER);

    // What the database could not keep is refused with the whole request, before any row of it.
    for (const name of ['a\0b', 'half \ud800 pair']) {
      const file = {
        policies: [
          policy({ number: 'C-1', ...change({}) }),
          policy({ number: 'C-2', customer: { id: fakeId(2), name }, ...change({}) }),
        ],
      };
      assert.deepEqual(outcome(await administrator.post('/api/policies/import', file)), [400, 'invalid']);
    }
    assert.equal((await agent.get('/api/policies/C-1')).status, 404);
    assert.deepEqual(rest.logged, []);
  });

  test('at once with others, on other nodes, too, loses nothing and contradicts nothing', async (t) => {
    const { orm, databaseUrl, owner } = await newAuth(t);
    const other = await createOrm(appUrl(databaseUrl), { poolMax: 2, log: silentLog });
    t.after(() => other.close());
    const nodes = [createPolicies(orm), createPolicies(other)];
    await nodes[0]!.importMany([policy()]);
    for (let round = 1; round <= 5; round++) {
      const told = { phone: `+44 ${round}`, email: `h${round}@example.test`, postcode: `LS${round} 1AA` };
      const made = await Promise.all(
        Object.entries(told).map(([field, value], i) =>
          nodes[i % 2]!.importMany([
            policy({ versions: [version({ ...endorsement, version: round + 1, premium: round * 10 + i })] }),
            policy({
              number: `HOM-${i}`,
              customer: { id: fakeId(0xc1), name: 'Henry Okoro', [field]: value },
              versions: [version({ vehicle: null })],
            }),
            // The same vehicles, in another order.
            ...many(20, (n) => [version({ version: round, vehicle: car(i % 2 ? n : 19 - n) })]).map((row) => ({
              ...row,
              number: `${row.number}-${i}`,
            })),
          ]),
        ),
      );
      const refused = made
        .map((one) => one.refused.map(({ number }) => number))
        .toSorted((a, b) => a.length - b.length);
      assert.deepEqual(refused, [[], ['MOT-1'], ['MOT-1']], 'one has written the version, the others hear of it');
      const { rows } = await owner.query('select phone, email, postcode from customers where id = $1', [fakeId(0xc1)]);
      assert.deepEqual(rows, [told]);
    }
  });

  test('waits for the one before it; too many are told to come again', async (t) => {
    const rest = await newRest(t, { limits: { importsWaitingMax: 1 } });
    const administrator = await rest.signedIn({ roles: ['administrator'] });
    const file = { policies: many(300, () => [version({ vehicle: null })]) };
    const replies = await Promise.all([1, 2, 3, 4, 5].map(() => administrator.post('/api/policies/import', file)));
    const busy = replies.filter(({ status }) => status === 503);
    assert.ok(busy.length >= 1 && busy.length <= 3, String(busy.length));
    for (const { json, headers } of busy) assert.deepEqual([json.code, headers.get('retry-after')], ['busy', '1']);
    assert.equal((await administrator.post('/api/policies/import', file)).json.unchanged, 300);
  });
});
