import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSemaphore } from './semaphore.ts';

test('so many at once, so many waiting, and the rest is turned away; a failure gives its place back', async () => {
  const semaphore = createSemaphore(2, 2);
  const begun: number[] = [];
  const ends = new Map<number, PromiseWithResolvers<void>>();
  const work = (n: number) => {
    const end = Promise.withResolvers<void>();
    ends.set(n, end);
    return semaphore.run(async () => {
      begun.push(n);
      await end.promise;
      return n;
    });
  };
  const tick = () => new Promise((resolve) => setImmediate(resolve));

  const [one, two, three, four, five] = [work(1), work(2), work(3), work(4), work(5)];
  await tick();
  assert.deepEqual(begun, [1, 2]);
  assert.equal(await five, null);
  ends.get(1)?.reject(new Error('it failed'));
  await assert.rejects(one);
  await tick();
  assert.deepEqual(begun, [1, 2, 3]);
  for (const end of ends.values()) end.resolve();
  assert.deepEqual(await Promise.all([two, three, four]), [2, 3, 4]);
  assert.equal(await semaphore.run(async () => 'free again'), 'free again');
});
