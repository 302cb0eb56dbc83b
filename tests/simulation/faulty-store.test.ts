/** One database behind bad connections: what was executed counts, whatever anybody heard of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Appended, Batch, Store } from '../../src/runtime/ports.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { createBareWorld } from './bare-world.ts';
import { createDatabaseLine } from './database-line.ts';
import { createFaultyStore } from './faulty-store.ts';
import type { Machine } from './machine.ts';
import { calmStore, createStoreTrouble } from './store-trouble.ts';

const createDatabase = (seed = 1) => {
  const world = createBareWorld(seed);
  const memory = createMemoryStore({ rememberMax: 256 });
  const trouble = createStoreTrouble();
  const storeOf = (machine: Machine) => createFaultyStore({ ...world, memory, machine, trouble });
  return { ...world, memory, trouble, storeOf, storeA: storeOf(world.a), storeB: storeOf(world.b) };
};
const at = '2026-01-01T09:00:00.000Z';
const unnamed = { commandId: null, commandHash: null, correlationId: null };
const turn = (room: string, epoch: number, lo: number, dataJson = '{}'): Batch => ({
  owner: 'a',
  heads: [{ room, kind: 'claim', epoch, lo, hi: lo + 1, isNew: lo === 0 }],
  events: [{ room, seq: lo + 1, epoch, type: 'noted', version: 1, dataJson, byId: 'x', bySeat: 'y', at, ...unnamed }],
  rows: [],
  deadlinesSet: [{ room, name: 'due', at }],
  deadlinesCleared: [],
  jobs: [{ room, task: 'send', payload: { list: [lo] } }],
});
/** What became of it, in words. */
const heard = <T>(promise: Promise<T>) => {
  const outcome: { value?: T; error?: Error } = {};
  promise.then(
    (value) => (outcome.value = value),
    (error: Error) => (outcome.error = error),
  );
  return outcome;
};
/** As the `mark`th commit of the database. */
const committed = (room: string, mark = 1): Appended => ({ kind: 'committed', rooms: new Set([room]), mark });
const seqOf = ({ memory }: ReturnType<typeof createDatabase>, room: string) => memory.heads.get(room)?.seq ?? 0;

test('without trouble it is the database, a few milliseconds away, and shares nothing', async () => {
  const world = createDatabase();
  const { scheduler, memory, storeA, storeB } = world;
  const batch = turn('claim/1', 1, 0);
  const appended = heard(storeA.append(batch));
  (batch.jobs[0]!.payload as { list: number[] }).list.push(99);
  assert.equal(seqOf(world, 'claim/1'), 0);
  await scheduler.run(10);
  assert.deepEqual(appended.value, committed('claim/1'));
  assert.deepEqual(memory.jobs, [{ room: 'claim/1', task: 'send', payload: { list: [0] } }]);

  const state = { notes: ['kept'] };
  const saved = heard(storeA.saveSnapshots([{ room: 'claim/1', seq: 1, epoch: 1, version: 1, state, at }]));
  state.notes.push('later');
  await scheduler.run(20);
  assert.ok('value' in saved);
  const [taken, read, due, owners, found, poison] = [
    heard(storeB.activate('claim/1', 'b')),
    heard(storeB.read('claim/2')),
    heard(storeB.deadlinesDue(at, 10)),
    heard(storeB.ownersOf(['claim/1'])),
    heard(storeB.findCommand('claim/1', 'no')),
    heard(storeA.append(turn('claim/3', 1, 0, '"\\u0000"'))),
  ];
  await scheduler.run(30);
  assert.deepEqual([taken.value?.epoch, taken.value?.snapshot?.state], [2, { notes: ['kept'] }]);
  assert.deepEqual([read.value, found.value], [null, null]);
  assert.deepEqual(owners.value, [{ room: 'claim/1', owner: 'b', epoch: 2 }]);
  assert.equal(poison.value?.kind, 'refused');
  assert.deepEqual(due.value, [{ room: 'claim/1', name: 'due', at }]);
  Object.assign(due.value![0]!, { at: 'never' });
  const dueAgain = heard(storeB.deadlinesDue(at, 10));
  await scheduler.run(40);
  assert.deepEqual(dueAgain.value, [{ room: 'claim/1', name: 'due', at }]);
});

test('an answer that is lost after the execution is unknown, at some time or never; the room has it', async () => {
  const world = createDatabase();
  world.trouble.lostAfter = 1;
  const outcomes = Array.from({ length: 50 }, (_, n) => heard(world.storeA.append(turn(`claim/${n}`, 1, 0))));
  await world.scheduler.run(10_000);
  const unknown = outcomes.filter(({ value }) => value?.kind === 'unknown').length;
  const silent = outcomes.filter(({ value, error }) => !value && !error).length;
  assert.equal(world.memory.heads.size, 50);
  assert.equal(unknown + silent, 50);
  assert.ok(unknown > 20 && silent > 5, `${unknown} unknown, ${silent} silent`);
  const read = heard(world.storeA.read('claim/1'));
  await world.scheduler.run(20_000);
  assert.match(read.error!.message, /^read: (no answer within 2500 ms|the connection broke)/);
});

test('a request that is lost, or refused, leaves no trace', async () => {
  for (const kind of ['lostBefore', 'rejected'] as const) {
    const world = createDatabase();
    world.trouble[kind] = 1;
    const outcomes = Array.from({ length: 30 }, (_, n) => heard(world.storeA.append(turn(`claim/${n}`, 1, 0))));
    const read = heard(world.storeA.read('claim/1'));
    await world.scheduler.run(kind === 'rejected' ? 5 : 10_000);
    assert.equal(world.memory.heads.size, 0);
    assert.ok(read.error);
    if (kind === 'rejected') assert.ok(outcomes.every(({ value }) => value?.kind === 'unknown'));
  }
});

test('what a dead machine has sent is executed; after a takeover it is fenced', async () => {
  const world = createDatabase();
  const { scheduler, a, storeA } = world;
  heard(storeA.append(turn('claim/1', 1, 0)));
  heard(storeA.append(turn('claim/2', 1, 0)));
  await scheduler.run(10);
  const early = heard(storeA.append(turn('claim/1', 1, 1)));
  await scheduler.run(10.05);
  a.kill();
  await scheduler.run(20);
  assert.deepEqual([seqOf(world, 'claim/1'), early], [2, {}]);
  heard(storeA.append(turn('claim/2', 1, 1)));
  await scheduler.run(30);
  assert.equal(seqOf(world, 'claim/2'), 1, 'it sends no more');

  // The same, but slower than the takeover.
  const ghost = createDatabase(2);
  heard(ghost.storeA.append(turn('claim/1', 1, 0)));
  await ghost.scheduler.run(10);
  Object.assign(ghost.trouble, { slow: 2, slowMs: 5_000 });
  heard(ghost.storeA.append(turn('claim/1', 1, 1)));
  ghost.scheduler.after(1, () => ghost.a.kill());
  const { append } = ghost.memory;
  const executed: Appended[] = [];
  ghost.memory.append = async (batch) => {
    executed.push(await append(batch));
    return executed.at(-1)!;
  };
  await ghost.scheduler.run(12);
  calmStore(ghost.trouble);
  const taken = heard(ghost.storeB.activate('claim/1', 'b'));
  await ghost.scheduler.run(20);
  const next = heard(ghost.storeB.append(turn('claim/1', 2, 1)));
  await ghost.scheduler.run(6_000);
  assert.deepEqual([taken.value?.epoch, next.value], [2, committed('claim/1', 2)]);
  assert.deepEqual(
    ghost.memory.events.get('claim/1')!.map(({ epoch }) => epoch),
    [1, 2],
  );
  assert.deepEqual(executed, [committed('claim/1', 2), { kind: 'committed', rooms: new Set(), mark: 3 }]);
});

test('on one connection everything is executed in the order it was sent, however slow the first was', async () => {
  const { scheduler, chance, trouble, a } = createDatabase();
  Object.assign(trouble, { slow: 0.3, slowMs: 1_000 });
  const line = createDatabaseLine({ machine: a, scheduler, chance, trouble });
  const executed: number[] = [];
  const answered: number[] = [];
  for (let n = 0; n < 40; n++)
    line.send({
      execute: async () => executed.push(n),
      answered: () => void answered.push(n),
      failed: () => assert.fail('it was not to fail'),
    });
  await scheduler.run(20_000);
  assert.deepEqual(
    executed,
    Array.from({ length: 40 }, (_, n) => n),
  );
  assert.equal(answered.length, 40);
});

test('what is under way at the same time does not wait for each other', async () => {
  const world = createDatabase();
  const { scheduler, trouble, storeA } = world;
  Object.assign(trouble, { slow: 2, slowMs: 8_000 });
  const slow = heard(storeA.append(turn('claim/1', 1, 0)));
  calmStore(trouble);
  const quick = heard(storeA.append(turn('claim/2', 1, 0)));
  await scheduler.run(10);
  assert.deepEqual([slow, quick.value], [{}, committed('claim/2', 1)]);
  await scheduler.run(20_000);
  assert.deepEqual(slow.value, committed('claim/1', 2));
});

test('given up, a statement may still arrive, after those of the next connection', async () => {
  const world = createDatabase();
  const { scheduler, trouble, storeA } = world;
  heard(storeA.append(turn('claim/1', 1, 0)));
  await scheduler.run(10);
  Object.assign(trouble, { slow: 2, slowMs: 8_000 });
  const abort = new AbortController();
  const slow = heard(storeA.append(turn('claim/2', 1, 0), abort.signal));
  calmStore(trouble);
  await scheduler.run(20);
  abort.abort();
  const quick = heard(storeA.append(turn('claim/1', 1, 1), AbortSignal.any([])));
  await scheduler.run(30);
  assert.equal(slow.value?.kind, 'unknown');
  assert.deepEqual(quick.value, committed('claim/1', 2));
  assert.equal(seqOf(world, 'claim/2'), 0);
  await scheduler.run(10_000);
  assert.equal(seqOf(world, 'claim/2'), 1);
  const late = heard(storeA.append(turn('claim/3', 1, 0), abort.signal));
  await scheduler.run(10_010);
  assert.equal(late.value?.kind, 'unknown');
  assert.equal(seqOf(world, 'claim/3'), 0);
});

test('while the database is away most calls fail at once and some hang; afterwards all is well', async () => {
  const world = createDatabase();
  const { scheduler, trouble, storeA } = world;
  trouble.isAway = true;
  const reads = Array.from({ length: 40 }, () => heard(storeA.read('claim/1')));
  const append = heard(storeA.append(turn('claim/1', 1, 0)));
  await scheduler.run(5);
  const atOnce = reads.filter(({ error }) => error).length;
  assert.ok(atOnce > 20 && atOnce < 40, `${atOnce} of 40`);
  await scheduler.run(2_499);
  assert.equal(reads.filter(({ error }) => error).length, atOnce);
  await scheduler.run(2_500);
  assert.ok(reads.every(({ error }) => error));
  assert.notEqual(append.value?.kind, 'committed');
  trouble.isAway = false;
  const onItsWay = heard(storeA.append(turn('claim/2', 1, 0)));
  trouble.isAway = true;
  await scheduler.run(2_550);
  assert.notEqual(onItsWay.value?.kind, 'committed');
  assert.equal(world.memory.heads.size, 0);
  trouble.isAway = false;
  const later = heard(storeA.append(turn('claim/1', 1, 0)));
  await scheduler.run(5_100);
  assert.deepEqual(later.value, committed('claim/1'));
});

test('without a route one machine’s calls hang; what it sent may arrive when the route is back', async () => {
  const world = createDatabase();
  const { scheduler, trouble, storeA, storeB } = world;
  trouble.slowMs = 3_000;
  trouble.cutOff.add('a');
  const append = heard(storeA.append(turn('claim/1', 1, 0)));
  const read = heard(storeA.read('claim/1'));
  const others = heard(storeB.append(turn('claim/2', 1, 0)));
  await scheduler.run(2_600);
  assert.match(read.error!.message, /no answer/);
  assert.deepEqual([append, others.value], [{}, committed('claim/2')]);
  trouble.cutOff.delete('a');
  await scheduler.run(2_800);
  assert.deepEqual(append.value, committed('claim/1', 2));
  trouble.cutOff.add('a');
  heard(storeA.append(turn('claim/1', 1, 1)));
  await scheduler.run(6_000);
  trouble.cutOff.delete('a');
  await scheduler.run(9_000);
  assert.equal(seqOf(world, 'claim/1'), 1);
});

test('a frozen machine hears the answer after its thaw, if its own patience did not end first', async () => {
  const world = createDatabase();
  const { scheduler, a, storeA } = world;
  const append = heard(storeA.append(turn('claim/1', 1, 0)));
  const read = heard(storeA.read('claim/1'));
  a.freeze();
  await scheduler.run(5_000);
  assert.deepEqual([append, read], [{}, {}]);
  assert.equal(seqOf(world, 'claim/1'), 1);
  a.thaw();
  await scheduler.run(5_001);
  assert.deepEqual(append.value, committed('claim/1'));
  assert.match(read.error!.message, /no answer/);
});

test('in trouble of every kind no committed answer is a lie, and a seed is a run', async () => {
  const play = async (seed: number) => {
    const world = createDatabase(seed);
    Object.assign(world.trouble, { slow: 0.2, slowMs: 3_000, lostBefore: 0.1, lostAfter: 0.1, rejected: 0.1 });
    const trace: string[] = [];
    const write = (store: Store, room: string) =>
      void store.append(turn(room, 1, 0)).then((appended) => {
        trace.push(`${world.scheduler.now} ${room} ${appended.kind}`);
        if (appended.kind === 'committed') assert.equal(seqOf(world, room), 1);
      });
    for (let n = 0; n < 300; n++)
      world.scheduler.after(n * 7, () => write(n % 2 ? world.storeA : world.storeB, `claim/${n}`));
    world.scheduler.every(400, () => (world.trouble.isAway = !world.trouble.isAway));
    await world.scheduler.run(20_000);
    return [...trace, world.memory.heads.size];
  };
  const first = await play(5);
  assert.deepEqual(await play(5), first);
  assert.notDeepEqual(await play(6), first);
});
