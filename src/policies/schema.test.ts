import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { issuesOf } from '../../rooms/kit.ts';
import { coverages, fakeId, policy, vehicle, version } from './fake-policies.ts';
import { ImportedPolicy, PolicyNumber, Registration } from './schema.ts';

const paths = (given: unknown) => {
  const { error } = ImportedPolicy.safeParse(given);
  return error ? issuesOf(error).map(({ path }) => path) : [];
};

describe('an imported policy', () => {
  test('that is sound is taken, with numbers and registrations in one spelling', () => {
    const taken = ImportedPolicy.parse(policy({ number: ' mot-1 ' }));
    assert.equal(taken.number, 'MOT-1');
    assert.deepEqual(taken.versions[0]!.vehicle, { ...vehicle, registration: 'AB12CDE' });
    assert.equal(taken.versions[0]!.validTo, null);
    assert.ok(!('isVulnerable' in taken.customer), 'what is not told is not taken for no');
  });

  test('is refused by the path of each field that is wrong', () => {
    const one = coverages['own-damage'];
    const { limit: _, ...limitless } = one;
    const cases: [unknown, ...string[]][] = [
      [null, ''],
      [policy({ number: 'A/1' }), 'number'],
      [policy({ line: 'boat' as never, currency: 'gbp' as never }), 'line', 'currency'],
      [policy({ customer: { id: 'X', name: ' ' } }), 'customer.id', 'customer.name'],
      [policy({ customer: { id: fakeId(1), name: 'A', email: 'nobody' } }), 'customer.email'],
      [policy({ versions: [] }), 'versions'],
      [{ ...policy(), premium: 1 }, ''],
      [policy({ versions: [version({ validFrom: '2026-02-30' })] }), 'versions.0.validFrom'],
      [policy({ versions: [version({ premium: 10.5 })] }), 'versions.0.premium'],
      [policy({ versions: [version({ premium: -1 })] }), 'versions.0.premium'],
      [policy({ versions: [version({ coverages: { Fire: one } as never })] }), 'versions.0.coverages.Fire'],
      [
        policy({ versions: [version({ coverages: { fire: { ...one, perils: ['colision'] } } as never })] }),
        'versions.0.coverages.fire.perils.0',
      ],
      [policy({ versions: [version({ coverages: { fire: limitless } as never })] }), 'versions.0.coverages.fire.limit'],
      [
        policy({ versions: [version({ vehicle: { ...vehicle, vin: 'WVWZZZ1JZXW00000I' } })] }),
        'versions.0.vehicle.vin',
      ],
    ];
    for (const [given, ...expected] of cases) assert.deepEqual(paths(given), expected, JSON.stringify(given));
  });

  test('says no two things that cannot both be true', () => {
    const wrong: [Parameters<typeof version>[0], string][] = [
      [{ termEnd: '2026-01-01' }, 'termEnd'],
      [{ validFrom: '2025-12-31' }, 'validFrom'],
      [{ validFrom: '2027-01-01' }, 'validFrom'],
      [{ validTo: '2026-01-01' }, 'validTo'],
      [{ validTo: '2027-01-02' }, 'validTo'],
      [{ coverages: {} }, 'coverages'],
      [{ reason: 'cancellation' }, 'coverages'],
    ];
    for (const [change, field] of wrong)
      assert.deepEqual(paths(policy({ inception: '2020-01-01', versions: [version(change)] })), [
        `versions.0.${field}`,
      ]);
    assert.deepEqual(paths(policy({ inception: '2026-01-02' })), ['versions.0.validFrom']);
    assert.deepEqual(paths(policy({ versions: [version(), version()] })), ['versions.1.version']);
    const twice = (other: object) =>
      policy({ versions: [version(), version({ version: 2, vehicle: { ...vehicle, ...other } })] });
    assert.deepEqual(paths(twice({ registration: 'ab12cde' })), []);
    assert.deepEqual(paths(twice({ year: 2022 })), ['versions.1.vehicle']);
    assert.deepEqual(paths(twice({ id: fakeId(2) })), ['versions.1.vehicle'], 'one registration, two vehicles');
  });

  test('has no field named like a prototype’s', () => {
    const given = JSON.parse(`{"__proto__": {"name": "x", "perils": ["fire"], "limit": null, "excess": 0}}`) as object;
    const parsed = ImportedPolicy.safeParse(policy({ versions: [version({ coverages: given as never })] }));
    assert.equal(parsed.success, false);
  });
});

test('a policy number has one spelling; what could not stand in an address is none', () => {
  assert.equal(PolicyNumber.parse('hom-204417'), 'HOM-204417');
  for (const wrong of ['', '-1', 'A B', 'A/1', 'Ä1', 'A'.repeat(41), 'A\0', '%', '../x', 'A\n1'])
    assert.equal(PolicyNumber.safeParse(wrong).success, false, JSON.stringify(wrong));
});

test('a registration has one spelling, in any alphabet', () => {
  assert.equal(Registration.parse(' ab12 cde'), 'AB12CDE');
  assert.equal(Registration.parse('GÖ-ab 123'), 'GÖ-AB123');
  for (const wrong of ['', ' ', 'A'.repeat(16), 'AB%', 'AB_1'])
    assert.equal(Registration.safeParse(wrong).success, false);
});
