/** Every job is done at least once, and of one queue one after another, whatever becomes of the nodes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '../../src/runtime/ports.ts';
import { createBareWorld } from './bare-world.ts';
import { createJobQueue, type Worker } from './job-queue.ts';
import type { Machine } from './machine.ts';

const createOffice = (seed = 1) => {
  const world = createBareWorld(seed);
  const { scheduler, chance, a, b } = world;
  const jobs: Job[] = [];
  const runs: { readonly n: number; readonly by: string; readonly at: number }[] = [];
  const atWork = new Map<string, number>();
  /** Jobs whose number is here throw so many times. */
  const failing = new Map<number, number>();
  const workerOn = (machine: Machine): Worker => ({
    machine,
    async run({ queue, payload }) {
      const { n } = payload as { n: number };
      runs.push({ n, by: machine.name, at: scheduler.now });
      if (queue !== undefined) {
        atWork.set(queue, (atWork.get(queue) ?? 0) + 1);
        assert.ok(machine.state === 'running');
      }
      await new Promise<void>((resolve) => machine.timers.after(5, resolve));
      if (queue !== undefined) atWork.set(queue, atWork.get(queue)! - 1);
      const left = failing.get(n) ?? 0;
      failing.set(n, left - 1);
      if (left > 0) throw new Error('not now');
    },
  });
  const workers = [workerOn(a), workerOn(b)];
  const queue = createJobQueue({ memory: { jobs }, scheduler, chance, workers: () => workers });
  const add = (n: number, queueName?: string) =>
    jobs.push({ room: 'claim/1', task: 't', payload: { n }, ...(queueName === undefined ? {} : { queue: queueName }) });
  return { ...world, queue, add, runs, failing, atWork, jobs };
};

test('a queue’s jobs run in their order, others whenever; all are done, some twice, on both nodes', async () => {
  const { scheduler, queue, add, runs, atWork } = createOffice();
  for (let n = 0; n < 300; n++) add(n, n % 3 === 0 ? undefined : `queue ${n % 3}`);
  assert.equal(queue.waiting, 300);
  scheduler.every(1, () => assert.ok([...atWork.values()].every((count) => count <= 1)));
  await scheduler.run(120_000, () => queue.waiting === 0);
  assert.equal(queue.waiting, 0);
  for (const rest of [1, 2]) {
    const numbers = runs.filter(({ n }) => n % 3 === rest).map(({ n }) => n);
    const firsts = [...new Set(numbers)];
    assert.deepEqual(
      firsts,
      firsts.toSorted((x, y) => x - y),
    );
    assert.equal(firsts.length, 100);
  }
  assert.ok(runs.length > 300 && runs.length < 340, `${runs.length} runs`);
  assert.deepEqual(new Set(runs.map(({ by }) => by)), new Set(['a', 'b']));
});

test('one that throws comes again with growing pauses, and the rest of its queue does not wait for it', async () => {
  const { scheduler, queue, add, runs, failing } = createOffice();
  failing.set(1, 6);
  add(1, 'q');
  add(2, 'q');
  await scheduler.run(60_000, () => queue.waiting === 0);
  assert.equal(queue.waiting, 0);
  const times = runs.filter(({ n }) => n === 1).map(({ at }) => at);
  const pauses = times.slice(1, 7).map((at, i) => Math.round((at - times[i]!) / 1_000));
  assert.deepEqual(pauses, [1, 2, 4, 8, 10, 10]);
  assert.ok(runs.find(({ n }) => n === 2)!.at < 1_000);
});

test('what a dead or a frozen node held is done by another after the lease; with nobody there it waits', async () => {
  const { scheduler, queue, add, runs, a, b } = createOffice();
  b.freeze();
  add(1, 'q');
  await scheduler.run(1_000, () => runs.length === 1);
  assert.equal(runs[0]!.by, 'a');
  a.freeze();
  await scheduler.run(20_000);
  assert.deepEqual([runs.length, queue.waiting], [1, 1]);
  a.kill();
  b.thaw();
  await scheduler.run(40_000, () => queue.waiting === 0);
  assert.equal(queue.waiting, 0);
  assert.equal(runs.at(-1)!.by, 'b');

  const other = createOffice(2);
  for (let n = 0; n < 20; n++) other.add(n);
  await other.scheduler.run(1_000, () => other.runs.length === 10);
  other.a.freeze();
  await other.scheduler.run(30_000);
  assert.equal(other.queue.waiting, 0);
  const before = other.runs.length;
  other.a.thaw();
  await other.scheduler.run(60_000);
  assert.equal(other.queue.waiting, 0);
  assert.ok(before > 20);
});
