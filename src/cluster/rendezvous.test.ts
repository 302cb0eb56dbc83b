import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { homeOf } from './rendezvous.ts';

/** Claims of one morning: uuid v7s that begin alike. */
const rooms = Array.from({ length: 10_000 }, (_, n) => {
  const time = (Date.parse('2026-01-01T09:00:00.000Z') + n * 37).toString(16).padStart(12, '0');
  const rest = createHash('sha256').update(`${n}`).digest('hex');
  return `claim/${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
});
const named = (count: number, incarnation: string) =>
  Array.from({ length: count }, (_, n) => `node-${n + 1}.${incarnation}`);
const shares = (of: readonly string[], nodes: readonly string[]) => {
  const counts = new Map(nodes.map((node) => [node, 0]));
  for (const room of of) counts.set(homeOf(room, nodes)!, counts.get(homeOf(room, nodes)!)! + 1);
  return [...counts.values()].map((count) => count / of.length);
};
const five = named(5, 'a');

describe('the home of a room', () => {
  test('is nowhere without nodes, and with the only node there is', () => {
    assert.equal(homeOf('claim/1', []), null);
    assert.equal(homeOf('claim/1', ['node-1.a']), 'node-1.a');
  });

  test('is the same in every process', () => {
    const homes = ['claim/1', 'claim/2', 'till/ü', 'board/desk'].map((room) => homeOf(room, five));
    assert.deepEqual(homes, ['node-1.a', 'node-3.a', 'node-3.a', 'node-4.a']);
  });

  test('does not depend on the order in which nodes are named', () => {
    const shuffled = [five[3]!, five[0]!, five[4]!, five[2]!, five[1]!];
    for (const room of rooms.slice(0, 1_000)) assert.equal(homeOf(room, shuffled), homeOf(room, five));
  });

  for (const [what, nodes] of [
    ['numbered nodes', five],
    ['nodes started again', named(5, '0192f0c1')],
    ['incarnations of one name', ['a', 'b', 'c', 'd', 'e'].map((incarnation) => `node.${incarnation}`)],
    ['hosts of one network', [1, 2, 3, 4, 5].map((n) => `10.0.0.${n}:3000.k3x`)],
  ] as const)
    test(`spreads claims evenly over ${what}`, () => {
      for (const share of shares(rooms, nodes)) assert.ok(Math.abs(share - 0.2) < 0.03, `${share}`);
    });

  test('spreads numbered rooms evenly, and over twenty nodes, too', () => {
    const numbered = Array.from({ length: 10_000 }, (_, n) => `till/${n}`);
    for (const share of shares(numbered, five)) assert.ok(Math.abs(share - 0.2) < 0.03, `${share}`);
    for (const share of shares(rooms, named(20, 'a'))) assert.ok(Math.abs(share - 0.05) < 0.015, `${share}`);
  });

  test('of a pair of nodes has nothing to do with the third', () => {
    // If weights hung together, what a lost node leaves would fall to one neighbour.
    const without = five.filter((node) => node !== 'node-3.a');
    const orphans = rooms.filter((room) => homeOf(room, five) === 'node-3.a');
    for (const share of shares(orphans, without)) assert.ok(Math.abs(share - 0.25) < 0.06, `${share}`);
  });

  test('moves to a new node or not at all', () => {
    const six = [...five, 'node-6.a'];
    const moved = rooms.filter((room) => homeOf(room, six) !== homeOf(room, five));
    assert.ok(moved.every((room) => homeOf(room, six) === 'node-6.a'));
    assert.ok(Math.abs(moved.length / rooms.length - 1 / 6) < 0.03);
  });

  test('moves only if its node is gone', () => {
    for (const gone of five) {
      const left = five.filter((node) => node !== gone);
      for (const room of rooms.slice(0, 2_000))
        if (homeOf(room, five) !== gone) assert.equal(homeOf(room, left), homeOf(room, five));
    }
  });
});
