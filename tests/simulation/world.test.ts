/** The simulated world itself: were it unfair or not repeatable, nothing that is found in it could be believed. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createBareWorld } from './bare-world.ts';
import { createChance } from './chance.ts';
import type { Machine } from './machine.ts';

/** Three machines that tell each other numbers through bad weather, while one is frozen and another killed. */
const play = async (seed: number): Promise<string[]> => {
  const { scheduler, network, machine, a, b } = createBareWorld(seed);
  const machines = [a, b, machine('c')];
  const trace: string[] = [];
  network.weather = { delayMs: [0.1, 5], late: 0.1, lateMs: 200, loss: 0.1, twice: 0.1 };
  const hear = (by: Machine) => async (message: object) => {
    await Promise.resolve();
    const { n } = message as { n: number };
    trace.push(`${scheduler.now} ${by.name} ${n}`);
    if (n > 30) return;
    for (const other of machines) by.timers.soon(() => network.carry(by, other, { n: n + 10 }, hearBy.get(other)!));
  };
  const hearBy = new Map(machines.map((by) => [by, (message: object) => void hear(by)(message)]));
  for (const [i, one] of machines.entries())
    one.timers.every(50, () =>
      network.carry(one, machines[(i + 1) % 3]!, { n: i }, hearBy.get(machines[(i + 1) % 3]!)!),
    );
  scheduler.after(300, () => b.freeze());
  scheduler.after(600, () => b.thaw());
  scheduler.after(800, () => a.kill());
  await scheduler.run(1_500);
  return trace;
};

test('a seed is a run: the same again, and another one otherwise', async () => {
  const first = await play(7);
  assert.ok(first.length > 500, `${first.length} messages`);
  assert.deepEqual(await play(7), first);
  assert.notDeepEqual(await play(8), first);
});

describe('chance', () => {
  test('a fork is a stream of its own, however much the others draw', () => {
    const one = createChance(3);
    const other = createChance(3);
    other.next();
    other.fork('y').next();
    const [x, again, y] = [one.fork('x'), other.fork('x'), one.fork('y')].map((fork) => fork.uuid7(0));
    assert.equal(x, again);
    assert.notEqual(x, y);
    assert.notEqual(one.fork('x').fork('x').uuid7(0), x);
  });

  test('is even, also over neighbouring seeds', () => {
    let sum = 0;
    let rare = 0;
    for (let seed = 0; seed < 5_000; seed++) {
      const chance = createChance(seed);
      sum += chance.next();
      if (chance.happens(0.01)) rare++;
      const [number, between] = [chance.int(3), chance.between(-2, 5)];
      assert.ok(Number.isInteger(number) && number >= 0 && number < 3);
      assert.ok(between >= -2 && between < 5);
      assert.ok(['p', 'q'].includes(chance.pick(['p', 'q'])));
    }
    assert.ok(Math.abs(sum / 5_000 - 0.5) < 0.02, `mean ${sum / 5_000}`);
    assert.ok(rare > 25 && rare < 80, `${rare} of 5,000 at 0.01`);
    assert.equal(createChance(1).happens(0), false);
    assert.equal(createChance(1).happens(1), true);
  });

  test('ids are of version 7 and carry the time', () => {
    const at = Date.parse('2026-01-01T09:00:00.123Z');
    const id = createChance(1).uuid7(at);
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16), at);
  });
});

describe('scheduler', () => {
  test('events come in the order of their times, each with everything its promises set off', async () => {
    const { scheduler } = createBareWorld();
    const trace: string[] = [];
    for (const ms of [30, 10, 20, 0.5])
      scheduler.after(ms, () => {
        void (async () => {
          for (let i = 0; i < 100; i++) await Promise.resolve();
          await new Promise(process.nextTick);
          await Promise.resolve();
          trace.push(`${ms} at ${scheduler.now}`);
        })();
      });
    await scheduler.run(20);
    assert.deepEqual(trace, ['0.5 at 0.5', '10 at 10', '20 at 20']);
    assert.equal(scheduler.now, 20);
    await scheduler.run(100);
    assert.deepEqual(trace.slice(3), ['30 at 30']);
    assert.equal(scheduler.now, 100);
    assert.equal(scheduler.steps, 4);
  });

  test('events of one time come in an order that is the seed’s', async () => {
    const orderOf = async (seed: number) => {
      const { scheduler } = createBareWorld(seed);
      let order = '';
      for (const letter of 'abcdefgh') scheduler.after(5, () => void (order += letter));
      await scheduler.run(5);
      return order;
    };
    const orders = await Promise.all([1, 1, 2, 3].map(orderOf));
    assert.equal(orders[0], orders[1]);
    assert.equal(new Set(orders).size, 3);
    assert.equal(orders[3]!.split('').sort().join(''), 'abcdefgh');
  });

  test('what is cancelled does not happen, be it one of thousands', async () => {
    const { scheduler, chance } = createBareWorld();
    const happened: number[] = [];
    const cancels = Array.from({ length: 3_000 }, (_, i) => ({
      at: chance.between(0, 100),
      cancel: scheduler.after(i % 7 === 0 ? i / 100 : chance.between(0, 100), () => happened.push(i)),
    }));
    for (const [i, { cancel }] of cancels.entries()) if (i % 7 !== 0) cancel();
    for (const { cancel } of cancels.filter((_, i) => i % 2 === 1)) cancel();
    await scheduler.run(100);
    assert.deepEqual(
      happened,
      cancels.map((_, i) => i).filter((i) => i % 14 === 0),
    );
    for (const { cancel } of cancels) cancel();
    await scheduler.run(200);
  });

  test('again and again, until cancelled, also from inside', async () => {
    const { scheduler } = createBareWorld();
    const times: number[] = [];
    const cancel = scheduler.every(10, () => {
      times.push(scheduler.now);
      if (times.length === 3) cancel();
    });
    await scheduler.run(100);
    assert.deepEqual(times, [10, 20, 30]);
    assert.throws(() => scheduler.every(0, () => {}), /for ever/);
  });

  test('stops when it is told to, and goes on later', async () => {
    const { scheduler } = createBareWorld();
    let count = 0;
    scheduler.every(1, () => void count++);
    await scheduler.run(100, () => count === 5);
    assert.equal(scheduler.now, 5);
    await scheduler.run(7);
    assert.equal(count, 7);
  });

  test('what an event throws, and a rejection that nobody handles, ends the run', async () => {
    const { scheduler } = createBareWorld();
    scheduler.after(1, () => {
      throw new Error('a defect');
    });
    await assert.rejects(scheduler.run(10), /a defect/);
    assert.equal(scheduler.now, 1);

    // The test runner would count it against this test.
    const listeners = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    scheduler.after(1, () => void Promise.reject(new Error('forgotten')));
    scheduler.after(2, () => assert.fail('went on'));
    await assert.rejects(scheduler.run(10), /forgotten/).finally(() => {
      for (const listener of listeners) process.on('unhandledRejection', listener);
    });
    // Nothing of it goes on behind our back.
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    assert.equal(scheduler.now, 2);
    await assert.rejects(Promise.all([scheduler.run(2), scheduler.run(2)]), /running already/);
  });
});
