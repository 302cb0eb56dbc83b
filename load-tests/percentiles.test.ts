import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, medians, percentilesOf } from './percentiles.ts';

test('percentiles are samples that were measured, not interpolations', () => {
  const samples = Array.from({ length: 1_000 }, (_, n) => 1_000 - n);
  assert.deepEqual(percentilesOf(samples), { p50: 500, p95: 950, p99: 990, max: 1_000 });
  assert.deepEqual(percentilesOf([7]), { p50: 7, p95: 7, p99: 7, max: 7 });
  assert.deepEqual(percentilesOf([]), { p50: 0, p95: 0, p99: 0, max: 0 });
});

test('one bad round does not decide', () => {
  assert.equal(median([5, 1, 1_000, 3, 4]), 4);
  assert.equal(median([1, 2]), 1.5);
  const of = (p99: number) => ({ p50: 1, p95: 2, p99, max: p99 });
  assert.deepEqual(medians([of(9), of(900), of(11)]), { p50: 1, p95: 2, p99: 11, max: 11 });
});
