/** Promise 1: at any time at most one node's writes for a room can commit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { ann, carl, newNode } from '../support/node.ts';

test('a node that still believes it owns a room is fenced, loads the truth, and decides on that', async () => {
  const store = createMemoryStore({ rememberMax: 256 });
  const stale = newNode({ store, nodeId: 'node-a' });
  const fresh = newNode({ store, nodeId: 'node-b' });
  await stale.send('till/1', 'open', {}, ann);

  await fresh.send('till/1', 'close', {}, ann);
  assert.deepEqual(await stale.send('till/1', 'pay', { amount: 5 }, carl), {
    ok: false,
    code: 'till/not-now',
    details: { allowed: [], unmet: [{ status: 'closed', needs: ['open'] }] },
    retry: 'no',
  });
  assert.deepEqual(stale.fenced, ['till']);
  assert.deepEqual(
    store.events.get('till/1')!.map(({ type, seq, epoch }) => [type, seq, epoch]),
    [
      ['opened', 1, 1],
      ['closed', 2, 2],
    ],
  );
});

test('a lawful command on the stale node succeeds after taking the room back, once', async () => {
  const store = createMemoryStore({ rememberMax: 256 });
  const a = newNode({ store, nodeId: 'node-a' });
  const b = newNode({ store, nodeId: 'node-b' });
  await a.send('till/1', 'open', {}, ann);
  await b.send('till/1', 'pay', { amount: 1 }, carl);
  const ack = await a.send('till/1', 'pay', { amount: 2 }, carl);
  assert.deepEqual(ack, { ok: true, epoch: 3, seq: 5 });
  assert.equal(store.events.get('till/1')!.length, 5);
});

test('two nodes open the same room at once: one wins, the other sees it exists', async () => {
  const store = createMemoryStore({ rememberMax: 256 });
  const nodes = ['node-a', 'node-b'].map((nodeId) => newNode({ store, nodeId }));
  const acks = await Promise.all(nodes.map((node) => node.send('till/1', 'open', {}, ann)));
  assert.equal(acks.filter((ack) => ack.ok).length, 1);
  assert.deepEqual(acks.find((ack) => !ack.ok)?.code, 'forbidden');
  assert.equal(store.events.get('till/1')!.length, 1);
});
