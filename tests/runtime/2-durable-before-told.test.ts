/** Promise 2: nothing leaves before the events it rests on are committed. Commits are scripted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ack } from '../../rooms/protocol.ts';
import { settled } from '../support/fake-clock.ts';
import { ann, carl, newNode } from '../support/node.ts';
import { createScriptedStore } from '../support/scripted-store.ts';

const opened = async () => {
  const store = createScriptedStore();
  const node = newNode({ store });
  const opening = node.send('till/1', 'open', {}, ann);
  await settled();
  await store.pending[0]!.commit();
  await opening;
  /** Sends without waiting, and tells later whether an answer came. */
  const ask = (name: string, input: unknown, by = carl, id?: string) => {
    const asked: { ack: Ack | null } = { ack: null };
    void node.send('till/1', name, input, by, id).then((ack) => (asked.ack = ack));
    return asked;
  };
  return { store, node, ask };
};

test('no ack and no patch until the commit; then both', async () => {
  const { store, node, ask } = await opened();
  await node.rooms.sit('till/1', { id: 'w', by: carl });
  const paid = ask('pay', { amount: 5 });
  await settled();
  assert.equal(paid.ack, null);
  assert.deepEqual(node.ear.heardBy('w'), []);
  await store.pending[0]!.commit();
  await settled();
  assert.deepEqual(paid.ack, { ok: true, epoch: 1, seq: 3 });
  assert.deepEqual(node.ear.heardBy('w'), [
    { room: 'till/1', seat: 'payer', epoch: 1, from: 1, seq: 3, patch: { total: 5 } },
  ]);
});

test('a rejection waits for the commit of the state it was decided on', async () => {
  const { store, ask } = await opened();
  ask('pay', { amount: 5 });
  const refused = ask('pay', { amount: 5_000 });
  await settled();
  assert.equal(refused.ack, null, 'it says total 5, which is not durable yet');
  await store.pending[0]!.commit();
  await settled();
  assert.deepEqual(refused.ack, { ok: false, code: 'till/too-much', details: { total: 5 }, retry: 'no' });
});

test('a reader sees only what is durable', async () => {
  const { store, node, ask } = await opened();
  ask('pay', { amount: 5 });
  await settled();
  const before = await node.rooms.read('till/1', carl);
  assert.deepEqual(before.ok && before.view, { status: 'open', total: 0 });
  await store.pending[0]!.commit();
  await settled();
  const after = await node.rooms.read('till/1', carl);
  assert.deepEqual(after.ok && after.view, { status: 'open', total: 5 });
});

test('the room goes on deciding while a commit is under way, and what gathers is one batch', async () => {
  const { store, ask } = await opened();
  const first = ask('pay', { amount: 1 });
  await settled();
  const others = [2, 3, 4].map((amount) => ask('pay', { amount }));
  await settled();
  assert.equal(store.pending.length, 1, 'one statement in flight');
  await store.pending[0]!.commit();
  await settled();
  assert.deepEqual(first.ack, { ok: true, epoch: 1, seq: 3 });
  assert.deepEqual(
    others.map(({ ack }) => ack),
    [null, null, null],
  );
  assert.deepEqual(store.pending[0]!.batch.heads, [
    { room: 'till/1', kind: 'till', epoch: 1, lo: 3, hi: 9, isNew: false },
  ]);
  await store.pending[0]!.commit();
  await settled();
  assert.deepEqual(
    others.map(({ ack }) => ack?.ok && ack.seq),
    [5, 7, 9],
  );
});

test('a room waits for its own commits, and not for those of a room in another lane', async () => {
  const { store, node, ask } = await opened();
  const first = ask('pay', { amount: 1 });
  await settled();
  const other = node.send('till/2', 'open', {}, ann);
  const second = ask('pay', { amount: 2 });
  await settled();
  assert.deepEqual(
    store.pending.map(({ batch }) => batch.heads.map(({ room, lo }) => `${room} after ${lo}`)),
    [['till/1 after 1'], ['till/2 after 0']],
  );
  await store.pending[1]!.commit();
  assert.deepEqual(await other, { ok: true, epoch: 1, seq: 1 });
  assert.deepEqual([first.ack, second.ack], [null, null]);
  await store.pending[0]!.commit();
  await settled();
  await store.pending[0]!.commit();
  await settled();
  assert.deepEqual([first.ack?.ok && first.ack.seq, second.ack?.ok && second.ack.seq], [3, 5]);
});

test('one patch per seat per batch, from the last one sent to the state now', async () => {
  const { store, node, ask } = await opened();
  await node.rooms.sit('till/1', { id: 'w', by: carl });
  ask('pay', { amount: 1 });
  await settled();
  for (const amount of [2, 3]) ask('pay', { amount });
  await store.pending[0]!.commit();
  await settled();
  await store.pending[0]!.commit();
  await settled();
  assert.deepEqual(
    node.ear.heardBy('w').map((patch) => 'patch' in patch && [patch.from, patch.seq, patch.patch]),
    [
      [1, 3, { total: 1 }],
      [3, 7, { total: 6 }],
    ],
  );
});

test('a commit whose answer was lost is unknown, never failed: the command is looked up and gets its first answer', async () => {
  const { store, ask } = await opened();
  const paid = ask('pay', { amount: 5 });
  await settled();
  await store.pending[0]!.commitButLoseAnswer();
  await settled();
  assert.deepEqual(paid.ack, { ok: true, epoch: 1, seq: 3, repeated: true });
  assert.equal(store.memory.events.get('till/1')!.length, 3);
});

test('a commit that was lost with its answer is done once more, on the truth', async () => {
  const { store, ask } = await opened();
  const paid = ask('pay', { amount: 5 });
  await settled();
  store.pending[0]!.lose();
  await settled();
  await store.pending[0]!.commit();
  await settled();
  assert.deepEqual(paid.ack, { ok: true, epoch: 2, seq: 3 });
});

test('lost twice, the caller hears "unknown" and may send the same again', async () => {
  const { store, ask } = await opened();
  const id = '0193c000-0000-7000-8000-000000000001';
  const paid = ask('pay', { amount: 5 }, carl, id);
  await settled();
  store.pending[0]!.lose();
  await settled();
  await store.pending[0]!.commitButLoseAnswer();
  await settled();
  assert.deepEqual(paid.ack, { ok: false, code: 'unknown', retry: 'same-id', retryAfterMs: 250 });
  const again = ask('pay', { amount: 5 }, carl, id);
  await settled();
  assert.deepEqual(again.ack, { ok: true, epoch: 2, seq: 3, repeated: true });
});

test('a commit that never answers is unknown after its time, and the late answer changes nothing', async () => {
  const { store, node, ask } = await opened();
  const paid = ask('pay', { amount: 5 });
  await settled();
  const stuck = store.pending[0]!;
  await node.time.advance(2_000);
  assert.equal(store.pending.length, 2, 'the command is being tried again');
  await store.pending[1]!.commit();
  await settled();
  assert.deepEqual(paid.ack, { ok: true, epoch: 2, seq: 3 });
  await stuck.commit();
  await settled();
  assert.equal(store.memory.events.get('till/1')!.length, 3, 'the late write met a raised epoch');
});

test('what was decided on a lost state is decided anew, not rolled back', async () => {
  const { store, ask } = await opened();
  ask('hand', { to: 'bob' }, ann);
  await settled();
  const refused = ask('hand', { to: 'eve' }, ann);
  await settled();
  store.pending[0]!.lose();
  await settled();
  // Both are tried again in their order: first hand succeeds, so Ann may not hand it a second time.
  await store.pending[0]!.commit();
  await settled();
  assert.equal(refused.ack?.ok, false);
});

test('watchers of a lost room start afresh from the truth', async () => {
  const { store, node, ask } = await opened();
  await node.rooms.sit('till/1', { id: 'w', by: carl });
  ask('pay', { amount: 5 });
  await settled();
  await store.pending[0]!.commitButLoseAnswer();
  await settled();
  await node.time.advance(0);
  const last = node.ear.heardBy('w').at(-1)!;
  assert.deepEqual('view' in last && [last.epoch, last.seq, last.view], [2, 3, { status: 'open', total: 5 }]);
});
