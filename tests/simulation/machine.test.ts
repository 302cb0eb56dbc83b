/** A process that is frozen, thawed and killed, as its node would feel it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createBareWorld } from './bare-world.ts';

describe('machine', () => {
  test('frozen, it does nothing; thawed, it first runs its overdue timers and then what reached it, in order', async () => {
    const { scheduler, a } = createBareWorld();
    const trace: string[] = [];
    const note = (what: string) => () => void trace.push(what);
    a.timers.after(20, note('timer 20'));
    a.timers.after(15, note('timer 15'));
    a.timers.after(200, note('timer 200'));
    const cancel = a.timers.after(16, note('cancelled'));
    a.timers.every(30, () => trace.push(`every ${Math.floor(scheduler.now)}`));
    scheduler.after(10, () => {
      a.timers.soon(note('soon'));
      a.freeze();
    });
    for (const ms of [11, 12, 13]) scheduler.after(ms, () => a.enter(note(`entry ${ms}`)));
    scheduler.after(12.5, () =>
      a.enter(() => {
        trace.push('entry 12.5');
        // As a promise may: what reaches it while it catches up comes last.
        a.enter(note('entry of an entry'));
      }),
    );
    await scheduler.run(99);
    assert.deepEqual(trace, []);
    assert.equal(a.state, 'frozen');
    assert.equal(a.clock.monotonic(), 99);
    cancel();
    a.thaw();
    assert.deepEqual(trace, []);
    await scheduler.run(201);
    assert.deepEqual(trace.join(', ').split(', entry 11'), [
      'soon, timer 15, timer 20, every 99',
      ', entry 12, entry 12.5, entry 13, entry of an entry, every 129, every 159, every 189, timer 200',
    ]);
  });

  test('frozen again before it caught up, it catches up later', async () => {
    const { scheduler, a } = createBareWorld();
    const trace: number[] = [];
    a.freeze();
    for (let i = 0; i < 200; i++) a.enter(() => void trace.push(i));
    a.thaw();
    await scheduler.run(1, () => trace.length === 10);
    a.freeze();
    await scheduler.run(100);
    assert.equal(trace.length, 10);
    a.thaw();
    a.enter(() => void trace.push(200));
    await scheduler.run(200);
    assert.deepEqual(
      trace,
      Array.from({ length: 201 }, (_, i) => i),
    );
  });

  test('killed, it is gone, with its timers and all it had kept', async () => {
    const { scheduler, a } = createBareWorld();
    const fail = () => assert.fail('it is dead');
    let deaths = 0;
    a.onKill(() => deaths++);
    a.timers.after(10, fail);
    a.timers.every(10, fail);
    a.timers.soon(fail);
    a.freeze();
    a.enter(fail);
    a.kill();
    a.kill();
    a.thaw();
    a.enter(fail);
    a.timers.after(1, fail)();
    a.timers.every(1, fail);
    a.timers.soon(fail);
    await scheduler.run(100);
    assert.equal(a.state, 'dead');
    assert.equal(deaths, 1);
  });

  test('what shall run soon runs in the order of asking, and soon', async () => {
    const { scheduler, a } = createBareWorld();
    const trace: number[] = [];
    for (let i = 0; i < 50; i++) a.timers.soon(() => void trace.push(i));
    assert.deepEqual(trace, []);
    await scheduler.run(0.05);
    assert.deepEqual(
      trace,
      Array.from({ length: 50 }, (_, i) => i),
    );
  });

  test('wall time jumps, monotonic time does not', async () => {
    const { scheduler, a, b } = createBareWorld();
    await scheduler.run(1_000.5);
    assert.equal(new Date(a.clock.now()).toISOString(), '2026-01-01T09:00:01.000Z');
    a.jump(-60_000);
    assert.equal(a.clock.now(), b.clock.now() - 60_000);
    assert.equal(a.clock.monotonic(), 1_000.5);
  });
});
