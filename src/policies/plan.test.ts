import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { coverages, fakeId, policy, type PolicyInput, vehicle, version } from './fake-policies.ts';
import { createPlanner } from './plan.ts';
import type { Recorded } from './records.ts';
import { ImportedPolicy } from './schema.ts';

const now = '2026-03-01T09:00:00.000Z';
const nothing: Recorded = {
  customersById: new Map(),
  vehiclesById: new Map(),
  policiesByNumber: new Map(),
  versionsByNumber: new Map(),
};
const rowOf = (given: PolicyInput, i: number) => ({ row: i + 1, policy: ImportedPolicy.parse(given) });
const plan = (recorded: Recorded, ...policies: PolicyInput[]) => createPlanner(now)(policies.map(rowOf), recorded);
/** What the tables hold once a plan has been carried out. */
const after = ({ customers, vehicles, policies, versions }: ReturnType<typeof plan>): Recorded => ({
  customersById: new Map(customers.map((it) => [it.id, it])),
  vehiclesById: new Map(vehicles.map((it) => [it.id, it])),
  policiesByNumber: new Map(policies.map((it) => [it.number, it])),
  versionsByNumber: Map.groupBy(versions, ({ policyNumber }) => policyNumber),
});
const joined = (before: Recorded, news: Recorded): Recorded => ({
  customersById: new Map([...before.customersById, ...news.customersById]),
  vehiclesById: new Map([...before.vehiclesById, ...news.vehiclesById]),
  policiesByNumber: new Map([...before.policiesByNumber, ...news.policiesByNumber]),
  versionsByNumber: new Map([...before.versionsByNumber, ...news.versionsByNumber]),
});
const one = () => after(plan(nothing, policy()));
const counts = ({ created, changed, unchanged, refused }: ReturnType<typeof plan>) => [
  created,
  changed,
  unchanged,
  refused.flatMap(({ row, issues }) => issues.map(({ path }) => `${row} ${path}`)),
];
const written = ({ customers, vehicles, policies, versions }: ReturnType<typeof plan>) =>
  [customers, vehicles, policies, versions].map((list) => list.length);
const endorsed = (change: Parameters<typeof version>[0] = {}) =>
  version({ version: 2, validFrom: '2026-06-01', reason: 'endorsement', premium: 700_00, ...change });

describe('an import', () => {
  test('of what is recorded already writes nothing', () => {
    const again = plan(one(), policy());
    assert.deepEqual(counts(again), [0, 0, 1, []]);
    assert.deepEqual(written(again), [0, 0, 0, 0]);
  });

  test('adds a newer version, with or without those before it', () => {
    for (const versions of [[version(), endorsed()], [endorsed()]]) {
      const added = plan(one(), policy({ versions }));
      assert.deepEqual(counts(added), [0, 1, 0, []]);
      assert.deepEqual(written(added), [0, 0, 0, 1]);
      assert.equal(added.versions[0]!.recordedAt, now);
    }
  });

  test('never records a version as known earlier than the one before', () => {
    const ahead = '2026-03-01T09:00:05.000Z';
    const recorded = one();
    const [first] = recorded.versionsByNumber.get('MOT-1')!;
    const versionsByNumber = new Map([['MOT-1', [{ ...first!, recordedAt: ahead }]]]);
    const added = plan({ ...recorded, versionsByNumber }, policy({ versions: [version(), endorsed()] }));
    assert.equal(added.versions[0]!.recordedAt, ahead);
  });

  test('refuses to rewrite history, naming what is recorded otherwise', () => {
    const dearer = { 'own-damage': { ...coverages['own-damage'], excess: 1 } } as never;
    const recorded = after(plan(nothing, policy({ versions: [version(), endorsed({ version: 3 })] })));
    const attempts: [PolicyInput, string][] = [
      [policy({ versions: [version({ premium: 1 })] }), '1 versions.0'],
      [policy({ versions: [version({ coverages: dearer })] }), '1 versions.0'],
      [policy({ versions: [version({ vehicle: null })] }), '1 versions.0'],
      [policy({ versions: [version(), endorsed({ version: 2 })] }), '1 versions.1.version'],
      [policy({ currency: 'EUR' }), '1 currency'],
      [policy({ line: 'home' }), '1 line'],
      [policy({ inception: '2025-01-01' }), '1 inception'],
      [policy({ customer: { id: fakeId(9), name: 'Another' } }), '1 customer.id'],
    ];
    for (const [given, path] of attempts) {
      const refusing = plan(recorded, given);
      assert.deepEqual(counts(refusing), [0, 0, 0, [path]]);
      assert.deepEqual(written(refusing), [0, 0, 0, 0], 'nothing of a refused row is written');
    }
  });

  test('takes what is said about a person or a status now, and leaves what is not said', () => {
    const recorded = after(
      plan(
        nothing,
        policy({ status: 'lapsed', customer: { id: fakeId(0xc1), name: 'Henry', phone: '1', isVulnerable: true } }),
      ),
    );
    const unsaid = plan(recorded, policy({ customer: { id: fakeId(0xc1), name: 'Henry' } }));
    assert.deepEqual(counts(unsaid), [0, 0, 1, []]);
    const said = plan(
      recorded,
      policy({ status: 'active', customer: { id: fakeId(0xc1), name: 'Henry O', phone: null } }),
    );
    assert.deepEqual(counts(said), [0, 1, 0, []]);
    assert.deepEqual(said.customers, [
      { id: fakeId(0xc1), name: 'Henry O', email: null, phone: null, postcode: null, isVulnerable: true },
    ]);
    assert.equal(said.policies[0]!.status, 'active');
  });

  test('takes good rows and refuses the others, each for itself', () => {
    const mixed = plan(
      nothing,
      policy(),
      policy({ number: 'MOT-1', customer: { id: fakeId(7), name: 'Somebody' } }),
      policy({ number: 'MOT-2', customer: { id: fakeId(0xc1), name: 'Not Henry' } }),
      policy({ number: 'MOT-3', versions: [version({ vehicle: { ...vehicle, id: fakeId(8) } })] }),
      policy({ number: 'MOT-4', versions: [version({ vehicle: { ...vehicle, model: 'Fabia' } })] }),
      policy({ number: 'MOT-5' }),
    );
    assert.deepEqual(counts(mixed), [
      2,
      0,
      0,
      ['2 number', '3 customer.name', '4 versions.0.vehicle.registration', '5 versions.0.vehicle.model'],
    ]);
    assert.match(mixed.refused[1]!.issues[0]!.message, /row 1/);
    assert.deepEqual(written(mixed), [1, 1, 2, 2], 'one person and one vehicle, insured twice');
  });

  test('gives no registration to a second vehicle while the first one bears it', () => {
    const taking = plan(
      one(),
      policy({ number: 'MOT-2', versions: [version({ vehicle: { ...vehicle, id: fakeId(8) } })] }),
    );
    assert.deepEqual(counts(taking), [0, 0, 0, ['1 versions.0.vehicle.registration']]);
  });

  test('gives a registration to another vehicle once the first one bears a new one, in one go or in two', () => {
    const bearing = (number: string, id: string, registration: string) =>
      policy({ number, versions: [version({ vehicle: { ...vehicle, id, registration } })] });
    const rows = [bearing('MOT-2', vehicle.id, 'NEW 1'), bearing('MOT-3', fakeId(8), vehicle.registration)].map(rowOf);
    assert.deepEqual(counts(createPlanner(now)(rows, one())), [2, 0, 0, []]);
    assert.deepEqual(counts(createPlanner(now)(rows.toReversed(), one())), [
      1,
      0,
      0,
      ['2 versions.0.vehicle.registration'],
    ]);
    const planner = createPlanner(now);
    const first = planner(rows.slice(0, 1), one());
    assert.deepEqual(counts(planner(rows.slice(1), joined(one(), after(first)))), [1, 0, 0, []]);
  });

  test('planned some rows at a time is the same as at once', () => {
    const file = [
      policy(),
      policy({ number: 'MOT-1', line: 'home' }),
      policy({ number: 'MOT-2', customer: { id: fakeId(0xc1), name: 'Not Henry' } }),
      policy({ number: 'MOT-3', versions: [version({ vehicle: { ...vehicle, model: 'Fabia' } })] }),
      policy({ number: 'MOT-4', customer: { id: fakeId(0xc1), name: 'Henry Okoro', phone: '1' } }),
      policy({ number: 'MOT-5', versions: [version({ vehicle: { ...vehicle, id: fakeId(8) } })] }),
    ].map(rowOf);
    const atOnce = createPlanner(now)(file, nothing);
    assert.deepEqual(
      atOnce.refused.map(({ row }) => row),
      [2, 3, 4, 6],
    );
    const planner = createPlanner(now);
    let recorded = nothing;
    const sums = { created: 0, refused: [] as unknown[] };
    for (const row of file) {
      const { created, refused, ...made } = planner([row], recorded);
      sums.created += created;
      sums.refused.push(...refused);
      recorded = joined(recorded, after({ created, refused, ...made }));
    }
    assert.deepEqual(sums, { created: atOnce.created, refused: atOnce.refused });
    assert.deepEqual(recorded, after(atOnce));
  });

  test('carried out twice changes nothing the second time, also where some rows were refused', () => {
    const file = [
      policy(),
      policy({ number: 'MOT-2', customer: { id: fakeId(0xc1), name: 'Not Henry' } }),
      policy({ number: 'MOT-5', versions: [version({ vehicle: null }), endorsed({ vehicle: null })] }),
    ];
    const first = plan(nothing, ...file);
    const second = plan(after(first), ...file);
    assert.deepEqual(written(second), [0, 0, 0, 0]);
    assert.deepEqual(second.refused, first.refused);
  });
});
