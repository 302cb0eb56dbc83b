/** The journal: one bad value must not fail its neighbours, and what the database cannot take is said to whoever sent it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { settled } from '../support/fake-clock.ts';
import { ann, carl, newNode } from '../support/node.ts';
import type { Till } from '../support/till.ts';

test('a value the database refuses fails its own command only', async () => {
  const store = createMemoryStore({ rememberMax: 256 });
  const node = newNode({ store });
  for (const n of [1, 2, 3]) await node.send(`till/${n}`, 'open', {}, ann);
  const acks = await Promise.all([
    node.send('till/1', 'pay', { amount: 1 }, carl),
    node.send('till/2', 'pay', { amount: 1 }, carl),
    node.send('till/2', 'pay', { amount: 2, text: 'bad \0 text' }, carl),
    node.send('till/2', 'pay', { amount: 3 }, carl),
    node.send('till/3', 'pay', { amount: 1 }, carl),
  ]);
  assert.deepEqual(
    acks.map((ack) => ack.ok || ack.code),
    [true, true, 'command/unstorable', true, true],
  );
  assert.deepEqual(
    store.events
      .get('till/2')!
      .filter(({ type }) => type === 'paid')
      .map(({ dataJson }) => JSON.parse(dataJson).amount),
    [1, 3],
  );
  const seqs = store.events.get('till/2')!.map(({ seq }) => seq);
  assert.deepEqual(seqs, [1, 2, 3, 4, 5]);
});

test('an event’s time never goes back, whatever the clock does', async () => {
  const store = createMemoryStore({ rememberMax: 256 });
  const node = newNode({ store });
  await node.send('till/1', 'open', {}, ann);
  node.time.jump(-3_600_000);
  await node.send('till/1', 'pay', { amount: 1 }, carl);
  node.time.jump(7_200_000);
  await node.send('till/1', 'pay', { amount: 1 }, carl);
  const times = store.events.get('till/1')!.map(({ at }) => at);
  assert.deepEqual(times, times.toSorted());
  assert.equal(times.at(-1), '2026-01-01T10:00:00.000Z');
});

test('a fact is read before the turn and recorded in the event', async () => {
  const store = createMemoryStore({ rememberMax: 256 });
  let asked = 0;
  const node = newNode({ store, facts: { claimNumber: async () => `CLM-${++asked}` } });
  await node.send('till/1', 'open', {}, ann);
  await node.send('till/1', 'numbered', {}, ann);
  assert.equal(store.events.get('till/1')![1]!.dataJson, '{"amount":1,"text":"CLM-1"}');
  assert.equal((await node.send('till/1', 'numbered', {}, carl)).ok, false);
  assert.equal(asked, 1, 'a caller who may not ask costs no look-up');
});

test('a fact that cannot be read is unavailable, and nothing happened', async () => {
  const store = createMemoryStore({ rememberMax: 256 });
  const node = newNode({ store, facts: { claimNumber: () => Promise.reject(new Error('away')) } });
  await node.send('till/1', 'open', {}, ann);
  assert.deepEqual(await node.send('till/1', 'numbered', {}, ann), {
    ok: false,
    code: 'unavailable',
    retry: 'same-id',
    retryAfterMs: 250,
  });
  assert.equal(store.events.get('till/1')!.length, 1);
});

test('readiness is a real commit: it turns false when the journal does not take it, and asks at most once a second', async () => {
  const memory = createMemoryStore({ rememberMax: 256 });
  let isAway = false;
  let appends = 0;
  const node = newNode({
    store: {
      ...memory,
      append: (batch) => (appends++, isAway ? Promise.reject(new Error('away')) : memory.append(batch)),
    },
  });
  assert.equal(await node.runtime.isAlive(), true);
  assert.equal(await node.runtime.isAlive(), true);
  assert.equal(appends, 1);
  isAway = true;
  await node.time.advance(1_000);
  assert.equal(await node.runtime.isAlive(), false);
  isAway = false;
  await node.time.advance(1_000);
  assert.equal(await node.runtime.isAlive(), true);
});

test('a list row that cannot be made fails its own command; the journal and its neighbours go on', async () => {
  const store = createMemoryStore({ rememberMax: 256 });
  const row = (_: unknown, { room }: { room: string }) => {
    if (room === 'till/1') throw new Error('a bug');
    return { id: room };
  };
  const node = newNode({ store, projections: [{ name: 'tills', of: 'till', version: 1, row }] });
  const acks = await Promise.all([node.send('till/1', 'open', {}, ann), node.send('till/2', 'open', {}, ann)]);
  assert.deepEqual(
    acks.map((ack) => ack.ok || ack.code),
    ['internal', true],
  );
  assert.equal((await node.send('till/2', 'pay', { amount: 1 }, carl)).ok, true);
});

test('a fact is asked again where the room has changed between the question and the turn', async () => {
  const store = createMemoryStore({ rememberMax: 256 });
  const claimNumber = async ({ state }: { state: unknown }) => `after ${(state as Till).total}`;
  const node = newNode({ store, facts: { claimNumber } });
  await node.send('till/1', 'open', {}, ann);
  await Promise.all([1, 2, 3].map(() => node.send('till/1', 'numbered', {}, ann)));
  assert.deepEqual(
    store.events.get('till/1')!.flatMap(({ dataJson }) => JSON.parse(dataJson).text ?? []),
    ['after 0', 'after 1', 'after 2'],
  );
});

test('commands of a room take their turns in order of arrival, also when one of them must look something up', async () => {
  const store = createMemoryStore({ rememberMax: 256 });
  const { promise: number, resolve } = Promise.withResolvers<string>();
  const node = newNode({ store, facts: { claimNumber: () => number } });
  await node.send('till/1', 'open', {}, ann);
  const acks = [
    node.send('till/1', 'numbered', {}, ann),
    node.send('till/1', 'close', {}, ann),
    node.send('till/1', 'pay', { amount: 1 }, carl),
  ];
  await settled();
  resolve('CLM-1');
  assert.deepEqual(
    (await Promise.all(acks)).map((ack) => ack.ok || ack.code),
    [true, true, 'till/not-now'],
  );
});
