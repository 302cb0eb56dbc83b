/** Promise 7: an orderly end loses nothing; a failed load or a defect is an error, never an empty room. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { settled } from '../support/fake-clock.ts';
import { ann, carl, newNode } from '../support/node.ts';
import { createScriptedStore } from '../support/scripted-store.ts';

test('stopping answers what is under way, sends new commands elsewhere, and leaves snapshots', async () => {
  const store = createScriptedStore();
  const node = newNode({ store });
  const opening = node.send('till/1', 'open', {}, ann);
  await settled();
  const stopping = node.runtime.stop();
  assert.deepEqual(await node.send('till/1', 'pay', { amount: 1 }, carl), {
    ok: false,
    code: 'unavailable',
    retry: 'same-id',
    retryAfterMs: 250,
  });
  await settled();
  await store.pending[0]!.commit();
  assert.deepEqual(await opening, { ok: true, epoch: 1, seq: 1 });
  assert.equal(await stopping, true);
  assert.equal((await store.read('till/1'))!.snapshot!.seq, 1);
});

test('stopping does not wait for ever for a database that does not answer', async () => {
  const store = createScriptedStore();
  const node = newNode({ store, limits: { commitTimeoutMs: 60_000, drainMs: 1_000 } });
  void node.send('till/1', 'open', {}, ann);
  await settled();
  const stopping = node.runtime.stop();
  await node.time.advance(1_000);
  assert.equal(await stopping, false);
});

test('a room that cannot be loaded is unavailable, never empty, and is there again when the database is', async () => {
  const store = createScriptedStore();
  const first = newNode({ store });
  const opening = first.send('till/1', 'open', {}, ann);
  await settled();
  await store.pending[0]!.commit();
  await opening;

  const node = newNode({ store, nodeId: 'node-b' });
  store.failingLoads = 2;
  const unavailable = { ok: false, code: 'unavailable', retry: 'same-id', retryAfterMs: 250 };
  assert.deepEqual(await node.send('till/1', 'pay', { amount: 1 }, carl), unavailable);
  assert.deepEqual(await node.rooms.sit('till/1', { id: 'w', by: carl }), unavailable);
  assert.equal((await node.rooms.sit('till/1', { id: 'w', by: carl })).ok, true);
});

test('a journal with a hole or an unknown event is refused, not half shown', async () => {
  const store = createMemoryStore({ rememberMax: 256 });
  const node = newNode({ store });
  await node.send('till/1', 'open', {}, ann);
  await node.send('till/1', 'pay', { amount: 5 }, carl);
  const events = store.events.get('till/1')!;
  store.events.set('till/1', [events[0]!, events[2]!]);
  const other = newNode({ store, nodeId: 'node-b' });
  assert.deepEqual(await other.send('till/1', 'pay', { amount: 1 }, carl), {
    ok: false,
    code: 'room/unreadable',
    retry: 'no',
  });
  store.events.set(
    'till/1',
    events.map((event) => ({ ...event, type: 'fromTheFuture' })),
  );
  assert.deepEqual(await other.send('till/1', 'pay', { amount: 1 }, carl), {
    ok: false,
    code: 'room/unreadable',
    retry: 'no',
  });
  assert.equal(other.runtime.roomsInMemory, 0);
});

test('a defect in a command answers internal, without words from inside, and the room goes on', async () => {
  const node = newNode({ store: createMemoryStore({ rememberMax: 256 }) });
  await node.send('till/1', 'open', {}, ann);
  const paying = node.send('till/1', 'pay', { amount: 5 }, carl);
  assert.deepEqual(await node.send('till/1', 'defect', {}, ann), { ok: false, code: 'internal', retry: 'no' });
  assert.equal((await paying).ok, true, 'what was on its way is not lost');
  assert.equal((await node.send('till/1', 'pay', { amount: 5 }, carl)).ok, true);
});
