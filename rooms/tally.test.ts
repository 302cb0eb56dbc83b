/** Sums that follow row by row are the sums of the rows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createTally, type Cube, differences, type Row } from './tally.ts';

const cubes: readonly Cube[] = [
  { name: 'standing', by: ['status', 'priority'], sums: ['late'] },
  { name: 'days', by: ['day', 'status'], sums: ['late', 'money'], isByDay: true },
];
const firstDay = '2026-01-03';
const row = fc.record({
  status: fc.constantFrom('draft', 'open', 'closed', null),
  priority: fc.constantFrom('P1', 'P2', null, undefined),
  day: fc.constantFrom('2026-01-01', '2026-01-03', '2026-01-04', null),
  late: fc.constantFrom(0, 1),
  money: fc.constantFrom(-5, 0, 7, undefined),
});
const sumsOf = (rows: Iterable<Row>) => {
  const tally = createTally(cubes, firstDay);
  for (const one of rows) tally.count(one, 1);
  return tally;
};

test('whatever becomes of the rows, and in whatever order it is heard, the sums are those of the rows there are', () => {
  const histories = fc.array(fc.array(row, { minLength: 1, maxLength: 5 }), { maxLength: 6 });
  const heard = histories.chain((all) => {
    const changes = all.flatMap((rows) => rows.map((now, i) => ({ was: rows[i - 1] ?? null, now })));
    const shuffled = fc.shuffledSubarray(changes, { minLength: changes.length });
    return fc.record({ all: fc.constant(all), changes: shuffled });
  });
  fc.assert(
    fc.property(heard, ({ all, changes }) => {
      const tally = createTally(cubes, firstDay);
      for (const { was, now } of changes) {
        if (was) tally.count(was, -1);
        tally.count(now, 1);
      }
      assert.deepEqual(differences(cubes, tally, sumsOf(all.map((rows) => rows.at(-1)!))), []);
    }),
  );
});

test('sums counted elsewhere go on from where they were', () => {
  const rows = fc.sample(row, 50);
  const tally = createTally(cubes, firstDay);
  const elsewhere = sumsOf(rows.slice(0, 30));
  for (const { name } of cubes) for (const cell of elsewhere.cells(name)) tally.add(name, cell);
  for (const one of rows.slice(30)) tally.count(one, 1);
  assert.deepEqual(differences(cubes, tally, sumsOf(rows)), []);
});

test('what nothing stands for any more is gone, and old days are not kept', () => {
  const tally = createTally(cubes, firstDay);
  const one = { status: 'open', priority: 'P1', day: '2026-01-01', late: 1 };
  tally.count(one, 1);
  assert.deepEqual([...tally.cells('standing')], [{ by: ['open', 'P1'], n: 1, sums: [1] }]);
  assert.deepEqual([...tally.cells('days')], []);
  tally.count(one, -1);
  assert.deepEqual([...tally.cells('standing')], []);
});

test('a difference is named', () => {
  const [ours, theirs] = [sumsOf([{ status: 'open', priority: 'P1', late: 1 }]), sumsOf([])];
  assert.deepEqual(differences(cubes, ours, theirs), ['standing open P1: 1 1 here, nothing there']);
});
