/** Stretches of days held against those before, from the rows that claims themselves write. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cubes } from '../../rooms/board/figures.ts';
import type { Claim } from '../../rooms/claim/claim.ts';
import { claimRoom } from '../../rooms/claim/room.ts';
import { createTally, type Row } from '../../rooms/tally.ts';
import { claimFigures } from '../read/claim-figures.ts';
import { alertsOf, before, change, lastDays } from './period.ts';

const today = '2026-03-10';
const rowOf = (claim: Partial<Claim>): Row =>
  claimFigures.row(
    { ...claimRoom.initial, status: 'assigned', ...claim },
    {
      room: 'claim/0190a000-0000-7000-8000-000000000000',
      at: `${today}T12:00:00.000Z`,
      seq: 9,
    },
  ) as Row;
const alerts = (claims: readonly Partial<Claim>[], days = 7) => {
  const tally = createTally(cubes, '2024-01-01');
  for (const claim of claims) tally.count(rowOf(claim), 1);
  const now = alertsOf(tally, lastDays(today, days));
  const then = alertsOf(tally, before(now));
  return { now, earlier: then, change: change(now, then) };
};

test('a claim counts on the day of its first broken promise, whichever that was', () => {
  const { now, earlier } = alerts([
    { breaches: { decision: '2026-03-09T10:00:00.000Z', triage: '2026-03-02T10:00:00.000Z' } },
    { breaches: { triage: '2026-03-10T09:00:00.000Z' } },
    { breaches: { 'first-contact': '2026-03-04T09:00:00.000Z' } },
    { reportedAt: '2026-03-08T10:00:00.000Z' },
  ]);
  assert.deepEqual(now, { from: '2026-03-04', to: today, reported: 1, broken: 2 });
  assert.deepEqual(earlier, { from: '2026-02-25', to: '2026-03-03', reported: 0, broken: 1 });
});

test('the change is this stretch less the one before', () => {
  const broken = (day: string) => ({ breaches: { triage: `${day}T10:00:00.000Z` } });
  const { change: more } = alerts([broken('2026-03-10'), broken('2026-03-09'), broken('2026-03-09')], 1);
  assert.deepEqual(more, { reported: 0, broken: -1 });
});
