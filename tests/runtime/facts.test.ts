/** What a command has looked up is true of the state it is decided on, also when other turns came in between. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { ann, newNode } from '../support/node.ts';
import type { Till } from '../support/till.ts';

const newTill = () => {
  const store = createMemoryStore({ rememberMax: 256 });
  const asked: number[] = [];
  const facts = {
    claimNumber: async ({ state }: { state: unknown }) => {
      const { total } = state as Till;
      asked.push(total);
      return `total ${total}`;
    },
  };
  const node = newNode({ store, facts });
  const told = () =>
    (store.events.get('till/1') ?? []).map(({ dataJson }) => JSON.parse(dataJson).text).filter(Boolean);
  return { node, told, asked };
};

test('facts are asked again when a turn before changed the state they were asked about', async () => {
  const { node, told } = newTill();
  await node.send('till/1', 'open', {}, ann);
  const [first, second, third] = await Promise.all([
    node.send('till/1', 'numbered', {}, ann),
    node.send('till/1', 'pay', { amount: 5 }, ann),
    node.send('till/1', 'numbered', {}, ann),
  ]);
  assert.deepEqual([first.ok, second.ok, third.ok], [true, true, true]);
  // The first itself pays in 1.
  assert.deepEqual(told(), ['total 0', 'total 6']);
});

test('whoever only gets a seat by the turn before is not decided on without facts', async () => {
  const { node, told } = newTill();
  const [opened, numbered] = await Promise.all([
    node.send('till/1', 'open', {}, ann),
    node.send('till/1', 'numbered', {}, ann),
  ]);
  assert.deepEqual([opened.ok, numbered.ok], [true, true]);
  assert.deepEqual(told(), ['total 0']);
});

test('nobody before it, nothing is asked twice', async () => {
  const { node, asked } = newTill();
  await node.send('till/1', 'open', {}, ann);
  await node.send('till/1', 'numbered', {}, ann);
  assert.deepEqual(asked, [0]);
});
