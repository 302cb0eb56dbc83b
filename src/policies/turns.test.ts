import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTurns } from './turns.ts';

test('work is done one at a time, in order, also after some of it failed, and is full while too much waits', async () => {
  const turns = createTurns(2);
  const done: string[] = [];
  const work = (name: string, fails = false) =>
    turns.take(async () => {
      done.push(`${name} begins`);
      await new Promise(setImmediate);
      done.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const first = [work('a'), work('b', true)];
  assert.equal(turns.isFull, false);
  const answers = Promise.allSettled([...first, work('c')]);
  assert.equal(turns.isFull, true);
  assert.deepEqual(
    (await answers).map((answer) => (answer.status === 'fulfilled' ? answer.value : String(answer.reason))),
    ['a', 'Error: b', 'c'],
  );
  assert.deepEqual(done, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  assert.equal(turns.isFull, false);
});
