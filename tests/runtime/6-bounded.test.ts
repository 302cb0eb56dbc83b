/** Promise 6: every queue has a bound; past it the caller is told to come back, and nothing hangs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { settled } from '../support/fake-clock.ts';
import { ann, carl, newNode } from '../support/node.ts';
import { createScriptedStore } from '../support/scripted-store.ts';

const busy = { ok: false, code: 'busy', retry: 'same-id', retryAfterMs: 250 };

test('a room with too many unanswered commands says busy at once, and recovers', async () => {
  const store = createScriptedStore();
  const node = newNode({ store, limits: { commandsWaitingPerRoomMax: 3 } });
  const opening = node.send('till/1', 'open', {}, ann);
  await settled();
  await store.pending[0]!.commit();
  await opening;
  const paying = [1, 2, 3].map((amount) => node.send('till/1', 'pay', { amount }, carl));
  assert.deepEqual(await node.send('till/1', 'pay', { amount: 4 }, carl), busy);
  await settled();
  await store.pending[0]!.commit();
  assert.deepEqual(
    (await Promise.all(paying)).map((ack) => ack.ok),
    [true, true, true],
  );
  const more = node.send('till/1', 'pay', { amount: 4 }, carl);
  await settled();
  await store.pending[0]!.commit();
  assert.equal((await more).ok, true);
});

test('one statement takes at most its share of events; the rest goes in the next', async () => {
  const store = createScriptedStore();
  const node = newNode({ store, limits: { batchEventsMax: 4 } });
  const opening = node.send('till/1', 'open', {}, ann);
  await settled();
  await store.pending[0]!.commit();
  await opening;
  for (let n = 0; n < 5; n++) void node.send('till/1', 'pay', { amount: 1 }, carl);
  const sizes: number[] = [];
  for (let n = 0; n < 3; n++) {
    await settled();
    sizes.push(store.pending[0]!.batch.events.length);
    await store.pending[0]!.commit();
  }
  assert.deepEqual(sizes, [4, 4, 2]);
});

test('rooms in memory are bounded: the longest unused goes, and comes back unharmed', async () => {
  const node = newNode({ store: createMemoryStore({ rememberMax: 256 }), limits: { roomsInMemoryMax: 2 } });
  for (const n of [1, 2, 3]) await node.send(`till/${n}`, 'open', {}, ann);
  assert.equal(node.runtime.roomsInMemory, 2);
  assert.deepEqual(await node.send('till/1', 'pay', { amount: 5 }, carl), { ok: true, epoch: 2, seq: 3 });
});

test('when every room in memory is watched, one more is refused as busy', async () => {
  const node = newNode({ store: createMemoryStore({ rememberMax: 256 }), limits: { roomsInMemoryMax: 1 } });
  await node.send('till/1', 'open', {}, ann);
  await node.rooms.sit('till/1', { id: 'w', by: carl });
  assert.deepEqual(await node.send('till/2', 'open', {}, ann), busy);
  assert.deepEqual(await node.rooms.sit('till/2', { id: 'w', by: carl }), busy);
});

test('guessing ids of rooms that do not exist takes no memory', async () => {
  const store = createMemoryStore({ rememberMax: 256 });
  const node = newNode({ store });
  for (let n = 0; n < 50; n++) {
    await node.send(`till/${n}`, 'pay', { amount: 1 }, carl);
    await node.send(`till/${n}`, 'open', { wrong: true }, ann);
    await node.rooms.sit(`till/${n}`, { id: 'w', by: carl });
    await node.rooms.read(`till/${n}`, carl);
  }
  assert.equal(node.runtime.roomsInMemory, 0);
  assert.equal(store.heads.size, 0);
});

test('at most so many rooms load at once; the others wait their turn and all arrive', async () => {
  const memory = createMemoryStore({ rememberMax: 256 });
  let loading = 0;
  let most = 0;
  const store = {
    ...memory,
    async activate(room: string, owner: string) {
      most = Math.max(most, ++loading);
      await settled();
      loading--;
      return memory.activate(room, owner);
    },
  };
  const node = newNode({ store, limits: { activationsAtOnceMax: 3 } });
  const acks = await Promise.all(Array.from({ length: 20 }, (_, n) => node.send(`till/${n}`, 'open', {}, ann)));
  assert.equal(acks.filter(({ ok }) => ok).length, 20);
  assert.equal(most, 3);
});

test('a room nobody uses is let go behind a snapshot; a watched one stays', async () => {
  const store = createMemoryStore({ rememberMax: 256 });
  const node = newNode({ store });
  await node.send('till/1', 'open', {}, ann);
  await node.send('till/2', 'open', {}, ann);
  await node.rooms.sit('till/2', { id: 'w', by: carl });
  await node.time.advance(130_000);
  assert.equal(node.runtime.roomsInMemory, 1);
  assert.equal((await store.read('till/1'))!.snapshot!.seq, 1);
  assert.deepEqual(await node.send('till/1', 'pay', { amount: 5 }, carl), { ok: true, epoch: 2, seq: 3 });
});

test('a busy room is snapshotted as it goes, so loading it again replays little', async () => {
  const store = createMemoryStore({ rememberMax: 256 });
  const node = newNode({ store, limits: { snapshotEveryEvents: 10 } });
  await node.send('till/1', 'open', {}, ann);
  for (let n = 0; n < 12; n++) {
    await node.send('till/1', 'pay', { amount: 1 }, carl);
    await node.time.advance(10);
  }
  const stored = (await store.read('till/1'))!;
  assert.ok(stored.tail.length <= 10, `${stored.tail.length} events after the snapshot`);
  const again = await newNode({ store }).send('till/1', 'pay', { amount: 1_001 }, carl);
  assert.deepEqual(again, { ok: false, code: 'till/too-much', details: { total: 12 }, retry: 'no' });
});

test('rooms that come far together are snapshotted a few at a time, each by its turn', async () => {
  const memory = createMemoryStore({ rememberMax: 256 });
  let underWay = 0;
  let most = 0;
  const written: number[] = [];
  const store = {
    ...memory,
    async saveSnapshots(rows: Parameters<typeof memory.saveSnapshots>[0]) {
      most = Math.max(most, ++underWay);
      written.push(rows.length);
      await memory.saveSnapshots(rows);
      underWay--;
    },
  };
  const node = newNode({ store, limits: { snapshotEveryEvents: 3, snapshotsAtOnceMax: 4, snapshotRestMs: 10 } });
  const rooms = Array.from({ length: 10 }, (_, n) => `till/${n}`);
  for (const room of rooms) await node.send(room, 'open', {}, ann);
  await Promise.all(rooms.map((room) => node.send(room, 'pay', { amount: 1 }, carl)));
  assert.deepEqual(written, [1]);
  await node.time.advance(9);
  assert.deepEqual(written, [1]);
  await node.time.advance(1);
  assert.deepEqual(written, [1, 4]);
  await node.time.advance(20);
  assert.deepEqual(written, [1, 4, 4, 1]);
  assert.equal(most, 1);
  for (const room of rooms) assert.equal((await store.read(room))!.snapshot!.seq, 3);
});

test('whoever leaves while a seat is being looked up keeps no room in memory', async () => {
  const store = createMemoryStore({ rememberMax: 256 });
  await newNode({ store }).send('till/1', 'open', {}, ann);
  const node = newNode({ store, nodeId: 'node-b' });
  const joining = node.rooms.sit('till/1', { id: 'w', by: carl });
  node.rooms.gone('w');
  assert.equal((await joining).ok, false);
  await node.time.advance(200_000);
  assert.deepEqual([node.runtime.watchers, node.runtime.roomsInMemory], [0, 0]);
});
