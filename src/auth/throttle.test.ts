import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { createThrottle } from './throttle.ts';

const newThrottle = (t: TestContext, perAccount = 50) => {
  t.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 1_000_000 });
  const throttle = createThrottle({
    loginFailuresFreeMax: 10,
    loginFailuresPerPlaceMax: 100,
    loginFailuresPerAccountMax: perAccount,
  });
  const waitMs = async (account: string, ip: string) => {
    const attempt = await throttle.begin(account, ip);
    return attempt.ok ? 0 : attempt.waitMs;
  };
  return {
    ...throttle,
    waitMs,
    async fail(account: string, ip: string, times: number) {
      for (let i = 0; i < times; i++) assert.equal(await waitMs(account, ip), 0);
    },
    pass: (ms: number) => t.mock.timers.tick(ms),
  };
};

describe('guessing passwords', () => {
  test('is free ten times, then costs a minute, then two, then four', async (t) => {
    const throttle = newThrottle(t);
    await throttle.fail('a', '203.0.113.1', 10);
    for (const minutes of [1, 2, 4]) {
      assert.equal(await throttle.waitMs('a', '203.0.113.1'), minutes * 60_000);
      throttle.pass(minutes * 60_000);
      await throttle.fail('a', '203.0.113.1', 1);
    }
  });

  test('a hundred times at once is no way around it', async (t) => {
    const throttle = newThrottle(t);
    const waits = await Promise.all(Array.from({ length: 100 }, () => throttle.waitMs('a', '203.0.113.1')));
    assert.equal(waits.filter((ms) => ms === 0).length, 10);
  });

  test('slows down nobody else, and the right password forgives', async (t) => {
    const throttle = newThrottle(t);
    await throttle.fail('a', '203.0.113.1', 10);
    await throttle.fail('a', '203.0.113.2', 1);
    await throttle.fail('b', '203.0.113.1', 9);
    const tenth = await throttle.begin('b', '203.0.113.1');
    assert.ok(tenth.ok);
    await tenth.succeeded();
    await throttle.fail('b', '203.0.113.1', 10);
  });

  test('of many accounts from one place is over for the day; an IPv6 network is one place', async (t) => {
    const throttle = newThrottle(t);
    for (let n = 0; n < 100; n++) await throttle.fail(`a${n}`, `2001:db8:0:1::${n.toString(16)}`, 1);
    assert.ok((await throttle.waitMs('b', '2001:0db8:0:1:ffff::1')) > 60 * 60_000);
    assert.equal(await throttle.waitMs('b', '2001:db8:0:2::1'), 0);
  });

  test('of one account from many places leaves it to the places its owner knows, and says so once', async (t) => {
    const throttle = newThrottle(t, 3);
    const attempts = [];
    for (let n = 0; n < 5; n++) attempts.push(await throttle.begin('a', `203.0.113.${n}`));
    assert.deepEqual(
      attempts.map((attempt) => attempt.ok && [attempt.onlyKnownForMs > 0, attempt.isFirstOnlyKnown]),
      [
        [false, false],
        [false, false],
        [false, false],
        [true, true],
        [true, false],
      ],
    );
    const other = await throttle.begin('b', '203.0.113.1');
    assert.ok(other.ok && other.onlyKnownForMs === 0);
  });

  test('that was not compared, because too much was going on, does not count', async (t) => {
    const throttle = newThrottle(t);
    for (let n = 0; n < 30; n++) {
      const attempt = await throttle.begin('a', '203.0.113.1');
      assert.ok(attempt.ok);
      await attempt.undo();
    }
  });
});
