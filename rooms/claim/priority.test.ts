import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LossDraft } from './claim.ts';
import { priorityOf } from './priority.ts';

test('an injury weighs most, then a car that cannot be driven, then theft and storm', () => {
  const table: [LossDraft, ReturnType<typeof priorityOf>][] = [
    [{}, { priority: 'P4', score: 0 }],
    [
      { isInjury: false, isDrivable: true, peril: 'glass' },
      { priority: 'P4', score: 0 },
    ],
    [{ peril: 'storm' }, { priority: 'P4', score: 10 }],
    [{ peril: 'theft' }, { priority: 'P4', score: 15 }],
    [{ isDrivable: false }, { priority: 'P3', score: 25 }],
    [{ isInjury: true }, { priority: 'P3', score: 40 }],
    [
      { isDrivable: false, peril: 'theft' },
      { priority: 'P3', score: 40 },
    ],
    [
      { isInjury: true, peril: 'storm' },
      { priority: 'P2', score: 50 },
    ],
    [
      { isInjury: true, isDrivable: false },
      { priority: 'P2', score: 65 },
    ],
    [
      { isInjury: true, isDrivable: false, peril: 'storm' },
      { priority: 'P1', score: 75 },
    ],
    [
      { isInjury: true, isDrivable: false, peril: 'theft' },
      { priority: 'P1', score: 80 },
    ],
  ];
  for (const [loss, priority] of table) assert.deepEqual(priorityOf(loss), priority, JSON.stringify(loss));
});

test('a car nobody has said anything about counts as driven away', () => {
  assert.equal(priorityOf({ peril: 'collision' }).score, 0);
});
