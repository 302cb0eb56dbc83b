import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClaimWatch } from './claim-watch.ts';

const sight = (seq: number, noteCount: number) => ({
  seat: 'desk',
  epoch: 1,
  seq,
  view: { notes: {}, noteCount },
  offers: [],
});
const watchOfTwo = () => {
  const watch = createClaimWatch(2);
  for (const watcher of [7, 8]) watch.joined(watcher, sight(3, 0));
  return watch;
};

test('a note is seen when the last watcher has been told, whether the answer comes before or after', () => {
  const watch = watchOfTwo();
  const seen: number[] = [];
  watch.acked(4, (at) => seen.push(at));
  watch.patch(7, 3, 5, 10);
  assert.equal(watch.isEverythingSeen, false);
  watch.patch(8, 3, 4, 20);
  assert.deepEqual(seen, [20]);
  watch.patch(8, 4, 5, 30);
  watch.acked(5, (at) => seen.push(at));
  assert.deepEqual(seen, [20, 30]);
  assert.equal(watch.isEverythingSeen, true);
});

test('one frame may carry many notes; each counts once per watcher, and told twice it counts once', () => {
  const watch = watchOfTwo();
  watch.patch(7, 3, 3_003, 10);
  watch.patch(7, 3, 3_003, 11);
  watch.patch(8, 3, 3_003, 12);
  assert.equal(watch.counts().deliveries, 6_000);
  assert.equal(watch.counts().deliveries, 0);
});

test('what was left out is a hole, and a note that is in no view is miscounted', () => {
  const watch = watchOfTwo();
  watch.patch(7, 4, 5, 10);
  watch.acked(4, () => {});
  watch.acked(5, () => {});
  const patch = { notes: { a: { n: 1 } }, noteCount: 1 };
  watch.check({ room: 'claim/one', seat: 'desk', epoch: 1, from: 3, seq: 5, patch });
  assert.deepEqual(watch.counts().faults, { hole: 1, miscounted: 1 });
});
