/** When what can wait is turned away, and when no more. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPressure } from './shedding.ts';

const bounds = { shedLagMs: 100, shedMoreLagMs: 300, shedCalmMs: 5_000 };

test('it rises at once with the lateness, step by step', () => {
  const told: number[] = [];
  const pressure = createPressure(bounds, (now) => told.push(now));
  for (const [lag, expected] of [
    [0, 0],
    [99, 0],
    [100, 1],
    [299, 1],
    [300, 2],
  ] as const) {
    pressure.measured(lag, 0);
    assert.equal(pressure.pressure, expected);
  }
  assert.deepEqual(told, [1, 2]);
});

test('it falls only after a while of calm, so that nobody is let in only to be turned away', () => {
  const pressure = createPressure(bounds);
  pressure.measured(500, 0);
  pressure.measured(0, 1_000);
  pressure.measured(0, 5_999);
  assert.equal(pressure.pressure, 2);
  pressure.measured(400, 6_000);
  pressure.measured(0, 7_000);
  pressure.measured(0, 11_999);
  assert.equal(pressure.pressure, 2);
  pressure.measured(0, 12_000);
  assert.equal(pressure.pressure, 0);
});
