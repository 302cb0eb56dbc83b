/** The claims board counts right, in whatever order and however often it hears of a change. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Caller } from '../kit.ts';
import { entitled } from '../permissions.ts';
import { claimsBoard } from './claims.ts';

const { start, follow, view, seat } = claimsBoard;
const row = (id: string, seq: number, status: string) => ({ id, seq, status });
const countsOf = (state: ReturnType<typeof start>) => {
  const { byStatus, total } = view.staff(state) as { byStatus: Record<string, number>; total: number };
  return { byStatus: Object.fromEntries(Object.entries(byStatus).filter(([, count]) => count !== 0)), total };
};

test('it starts from the list: how many claims stand at each status, and how many there are', () => {
  assert.deepEqual(countsOf(start([])), { byStatus: {}, total: 0 });
  const state = start([row('a', 1, 'draft'), row('b', 4, 'triage'), row('c', 2, 'draft')]);
  assert.deepEqual(countsOf(state), { byStatus: { draft: 2, triage: 1 }, total: 3 });
});

test('a claim that moves on is counted where it stands now', () => {
  const state = follow(start([row('a', 1, 'draft')]), row('a', 2, 'submitted'));
  assert.deepEqual(countsOf(state), { byStatus: { submitted: 1 }, total: 1 });
  assert.deepEqual(countsOf(follow(state, row('b', 1, 'draft'))), { byStatus: { submitted: 1, draft: 1 }, total: 2 });
});

test('what it knows already, and what is older, changes nothing', () => {
  const state = start([row('a', 5, 'triage')]);
  for (const seq of [1, 4, 5]) assert.equal(follow(state, row('a', seq, 'draft')), state);
});

test('numbers that come out of the database as text count as numbers', () => {
  const state = start([row('a', '9' as unknown as number, 'triage')]);
  assert.deepEqual(countsOf(follow(state, row('a', 10, 'assigned'))), { byStatus: { assigned: 1 }, total: 1 });
});

test('in any order, with any repeats, it ends where the newest rows are', () => {
  const status = fc.constantFrom('draft', 'submitted', 'triage', 'assigned', 'approved');
  const histories = fc.array(fc.array(status, { minLength: 1, maxLength: 6 }), { maxLength: 6 });
  const shuffledRows = histories.chain((all) => {
    const rows = all.flatMap((one, id) => one.map((each, i) => row(`claim ${id}`, i + 1, each)));
    return fc.record({
      all: fc.constant(all),
      rows: fc.shuffledSubarray([...rows, ...rows], { minLength: rows.length * 2 }),
    });
  });
  fc.assert(
    fc.property(shuffledRows, ({ all, rows }) => {
      const newest = start(all.map((one, id) => row(`claim ${id}`, one.length, one.at(-1)!)));
      assert.deepEqual(countsOf(rows.reduce(follow, start([]))), countsOf(newest));
    }),
  );
});

test('staff see it, nobody else knows of it', () => {
  const by = (...roles: string[]): Caller => entitled({ accountId: 'a', roles, limits: { reserve: 0, payment: 0 } });
  for (const role of ['agent', 'supervisor']) assert.equal(seat(by(role)), 'staff');
  for (const roles of [[], ['customer'], ['auditor']]) assert.equal(seat(by(...roles)), null);
});
