/** Promise 4: exactly one effect per command id. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { ann, bob, carl, newNode } from '../support/node.ts';

const opened = async (limits = {}) => {
  const store = createMemoryStore({
    rememberMax: limits ? ((limits as { dedupeCommandsMax?: number }).dedupeCommandsMax ?? 256) : 256,
  });
  const node = newNode({ store, limits });
  await node.send('till/1', 'open', {}, ann);
  return { store, node };
};
const paidIn = (store: ReturnType<typeof createMemoryStore>) =>
  store.events.get('till/1')!.filter(({ type }) => type === 'paid').length;

test('a retry gets the first answer, marked as a repeat, and has no effect', async () => {
  const { store, node } = await opened();
  const id = randomUUIDv7();
  const first = await node.send('till/1', 'pay', { amount: 5 }, carl, id);
  assert.deepEqual(await node.send('till/1', 'pay', { amount: 5 }, carl, id), { ...first, repeated: true });
  assert.equal(paidIn(store), 1);
});

test('sent three times at once it has one effect and one answer', async () => {
  const { store, node } = await opened();
  const id = randomUUIDv7();
  const acks = await Promise.all([1, 2, 3].map(() => node.send('till/1', 'pay', { amount: 5 }, carl, id)));
  assert.deepEqual(
    acks.map((ack) => ack.ok && ack.seq),
    [3, 3, 3],
  );
  assert.equal(paidIn(store), 1);
});

test('a retry on another node, after a crash, gets the first answer', async () => {
  const { store, node } = await opened();
  const id = randomUUIDv7();
  await node.send('till/1', 'pay', { amount: 5 }, carl, id);
  const other = newNode({ store, nodeId: 'node-b' });
  assert.deepEqual(await other.send('till/1', 'pay', { amount: 5 }, carl, id), {
    ok: true,
    epoch: 1,
    seq: 3,
    repeated: true,
  });
});

test('the same id with another body, name or account is refused', async () => {
  const { node } = await opened();
  const id = randomUUIDv7();
  await node.send('till/1', 'pay', { amount: 5 }, carl, id);
  const refused = { ok: false, code: 'command/id-reused', retry: 'no' };
  assert.deepEqual(await node.send('till/1', 'pay', { amount: 6 }, carl, id), refused);
  assert.deepEqual(await node.send('till/1', 'close', {}, carl, id), refused);
  assert.deepEqual(await node.send('till/1', 'pay', { amount: 5 }, ann, id), refused);
});

test('the spelling of an object is not another body', async () => {
  const { node } = await opened();
  const id = randomUUIDv7();
  await node.send('till/1', 'pay', { amount: 5, text: 'x' }, carl, id);
  const again = await node.send('till/1', 'pay', { text: 'x', amount: 5 }, carl, id);
  assert.equal(again.ok && again.repeated, true);
});

test('an id older than the memory is looked up before its turn', async () => {
  const { store, node } = await opened({ dedupeCommandsMax: 3 });
  const id = randomUUIDv7();
  await node.send('till/1', 'pay', { amount: 5 }, carl, id);
  for (let n = 0; n < 5; n++) await node.send('till/1', 'pay', { amount: 1 }, carl);
  assert.deepEqual(await node.send('till/1', 'pay', { amount: 5 }, carl, id), {
    ok: true,
    epoch: 1,
    seq: 3,
    repeated: true,
  });
  assert.equal((await node.send('till/1', 'pay', { amount: 6 }, carl, id)).ok, false);
  assert.equal(paidIn(store), 6);
});

test('a forgotten id from a clock that runs ahead meets the journal’s own guard and still has one effect', async () => {
  const { store, node } = await opened({ dedupeCommandsMax: 3 });
  const future = 'ffff0000-0000-7000-8000-000000000001';
  await node.send('till/1', 'pay', { amount: 5 }, carl, future);
  for (let n = 0; n < 5; n++) await node.send('till/1', 'pay', { amount: 1 }, carl);
  assert.deepEqual(await node.send('till/1', 'pay', { amount: 5 }, carl, future), {
    ok: true,
    epoch: 1,
    seq: 3,
    repeated: true,
  });
  assert.equal(paidIn(store), 6);
  assert.equal((await node.send('till/1', 'pay', { amount: 1 }, carl)).ok, true, 'the room is well');
});

test('a rejection is not remembered: the retry is decided anew', async () => {
  const { node } = await opened();
  const id = randomUUIDv7();
  assert.equal((await node.send('till/1', 'hand', { to: 'bob' }, bob, id)).ok, false);
  await node.send('till/1', 'hand', { to: 'bob' }, ann);
  assert.equal((await node.send('till/1', 'hand', { to: 'ann' }, bob, id)).ok, true);
});

test('a command that expects the room where it no longer stands is stale, and its own retry is not', async () => {
  const { node } = await opened();
  const pay = (expectedSeq: number, id = randomUUIDv7()) =>
    node.rooms.send({ room: 'till/1', id, name: 'pay', input: { amount: 5 }, by: carl, expectedSeq });
  const id = randomUUIDv7();
  assert.equal((await pay(1, id)).ok, true);
  assert.deepEqual(await pay(1), { ok: false, code: 'stale', details: { seq: 3 }, retry: 'no' });
  assert.deepEqual(await pay(1, id), { ok: true, epoch: 1, seq: 3, repeated: true });
  assert.equal((await pay(3)).ok, true);
});

test('a forgotten command that would now be refused is looked up first: "no" would be untrue', async () => {
  const { store, node } = await opened({ dedupeCommandsMax: 3 });
  const future = 'ffff0000-0000-7000-8000-000000000001';
  await node.send('till/1', 'hand', { to: 'bob' }, ann, future);
  for (let n = 0; n < 5; n++) await node.send('till/1', 'pay', { amount: 1 }, carl);
  assert.deepEqual(await node.send('till/1', 'hand', { to: 'bob' }, ann, future), {
    ok: true,
    epoch: 1,
    seq: 2,
    repeated: true,
  });
  assert.equal((await node.send('till/1', 'hand', { to: 'bob' }, ann)).ok, false, 'a new one is refused as ever');
  assert.equal(store.events.get('till/1')!.filter(({ type }) => type === 'handed').length, 1);
});

test('a retry is not refused when commands made before it were done after it, as outboxes do after an outage', async () => {
  const { node } = await opened({ dedupeCommandsMax: 3 });
  const idAt = (ms: number) => `0193c000-${ms.toString(16).padStart(4, '0')}-7000-8000-000000000001`;
  await node.send('till/1', 'hand', { to: 'bob' }, ann, idAt(9));
  for (const ms of [1, 2, 3, 4]) await node.send('till/1', 'pay', { amount: 1 }, carl, idAt(ms));
  const again = await node.send('till/1', 'hand', { to: 'bob' }, ann, idAt(9));
  assert.equal(again.ok && again.repeated, true);
});
