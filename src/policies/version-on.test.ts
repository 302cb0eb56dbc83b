import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Dated, versionOn } from './version-on.ts';

const recordedAt = (n: number) => `2026-01-0${n}T00:00:00.000Z`;
const version = (n: number, validFrom: string, validTo: string | null = null, change: Partial<Dated> = {}): Dated => ({
  version: n,
  validFrom,
  validTo,
  termEnd: '2027-01-01',
  recordedAt: recordedAt(n),
  coverages: { fire: {} },
  ...change,
});
const speaks = (versions: readonly Dated[], day: string, knownAt?: string) => {
  const spoken = versionOn(versions, day, knownAt);
  return spoken && [spoken.version.version, spoken.isInForce];
};

describe('the version that speaks for a day', () => {
  test('begins on its first day and is over on the day its term ends', () => {
    const versions = [version(1, '2026-01-01')];
    assert.deepEqual(speaks(versions, '2025-12-31'), [1, false]);
    assert.deepEqual(speaks(versions, '2026-01-01'), [1, true]);
    assert.deepEqual(speaks(versions, '2026-12-31'), [1, true]);
    assert.deepEqual(speaks(versions, '2027-01-01'), [1, false]);
  });

  test('is the newest one that covers it, also where a change was made for the past', () => {
    const versions = [
      version(1, '2026-01-01'),
      version(2, '2026-06-01'),
      version(3, '2026-03-01', '2026-04-01', { recordedAt: recordedAt(9) }),
    ];
    const days = ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01', '2026-05-31', '2026-06-01'];
    assert.deepEqual(
      days.map((day) => speaks(versions, day)?.[0]),
      [1, 3, 3, 1, 1, 2],
    );
    assert.deepEqual(speaks(versions, '2026-03-15', recordedAt(8)), [1, true], 'as it was known before');
    assert.deepEqual(speaks(versions, '2026-03-15', recordedAt(9)), [3, true], 'from that very instant');
    assert.equal(speaks(versions, '2026-03-15', '2025-01-01T00:00:00.000Z'), null, 'nothing was known yet');
  });

  test('after a cancellation is the cancellation, until a reinstatement', () => {
    const versions = [
      version(1, '2026-01-01'),
      version(2, '2026-05-10', null, { coverages: {} }),
      version(3, '2026-05-20'),
    ];
    assert.deepEqual(speaks(versions, '2026-05-09'), [1, true]);
    assert.deepEqual(speaks(versions, '2026-05-10'), [2, false]);
    assert.deepEqual(speaks(versions, '2026-05-19'), [2, false]);
    assert.deepEqual(speaks(versions, '2026-05-20'), [3, true]);
  });

  test('where none does, is the one that ended last before it, else the first to come', () => {
    const versions = [
      version(1, '2026-02-01', '2026-03-01'),
      version(2, '2026-06-01', '2026-07-01'),
      version(3, '2026-02-10', '2026-02-20'),
    ];
    assert.deepEqual(speaks(versions, '2026-01-01'), [1, false]);
    assert.deepEqual(speaks(versions, '2026-04-01'), [1, false]);
    assert.deepEqual(speaks(versions, '2026-12-01'), [2, false]);
    assert.equal(speaks([], '2026-12-01'), null);
  });

  test('is the same whatever happens after the day it is asked about, and in whichever order versions come', () => {
    const dayOf = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);
    const days = fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 30 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(days, { maxLength: 8 }), fc.nat(90), fc.nat(90), (spans, asked, later) => {
        const versions = spans.map(([from, length, isOpen], i) =>
          version(i + 1, dayOf(from), isOpen ? null : dayOf(from + length), { recordedAt: recordedAt(1) }),
        );
        const day = dayOf(asked);
        const spoken = versionOn(versions, day);
        assert.deepEqual(versionOn(versions.toReversed(), day), spoken);
        // A newer version for other days only takes nothing away from this one.
        const other = version(99, dayOf(asked + 1 + later), null, { termEnd: '2028-01-01' });
        if (spoken?.isInForce) assert.deepEqual(versionOn([...versions, other], day), spoken);
        if (spoken?.isInForce)
          assert.ok(spoken.version.validFrom <= day && day < (spoken.version.validTo ?? spoken.version.termEnd));
        else assert.ok(versions.every((it) => it.validFrom > day || (it.validTo ?? it.termEnd) <= day));
      }),
    );
  });
});
