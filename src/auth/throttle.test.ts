import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createThrottle } from './throttle.ts';

const newThrottle = (keysMax?: number) => {
  let now = 0;
  const throttle = createThrottle({ monotonic: () => now }, keysMax);
  return {
    ...throttle,
    pass: (ms: number) => {
      now += ms;
    },
    fail: (key: string, times: number) => {
      for (let i = 0; i < times; i++) throttle.failed(key);
    },
  };
};

describe('guessing passwords', () => {
  test('is free ten times, then costs a minute, then two, then four', () => {
    const throttle = newThrottle();
    throttle.fail('a', 9);
    assert.equal(throttle.waitMs('a'), 0);
    for (const minutes of [1, 2, 4]) {
      throttle.failed('a');
      assert.equal(throttle.waitMs('a'), minutes * 60_000);
      throttle.pass(minutes * 60_000);
      assert.equal(throttle.waitMs('a'), 0);
    }
  });

  test('never costs more than a day', () => {
    const throttle = newThrottle();
    throttle.fail('a', 2_000);
    assert.equal(throttle.waitMs('a'), 24 * 60 * 60_000);
  });

  test('slows down nobody else, and the right password forgives', () => {
    const throttle = newThrottle();
    throttle.fail('a', 10);
    assert.equal(throttle.waitMs('b'), 0);
    throttle.succeeded('a');
    assert.equal(throttle.waitMs('a'), 0);
  });

  test('from everywhere at once takes no more memory than it may: who failed longest ago is forgotten', () => {
    const throttle = newThrottle(2);
    for (const key of ['a', 'b', 'a', 'c']) throttle.fail(key, 10);
    assert.deepEqual([throttle.waitMs('a') > 0, throttle.waitMs('b'), throttle.waitMs('c') > 0], [true, 0, true]);
  });
});
