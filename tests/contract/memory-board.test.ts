/** What becomes of the cluster in memory when its board is slow, forgets everything, or is out of reach. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settled } from '../support/fake-clock.ts';
import { opened } from './cluster/memory.ts';

describe('without the board', () => {
  test('a node keeps its view, and takes off it only whom it cannot reach', async () => {
    const lost = new Set<string>();
    const { time, join, cut } = opened({ canReachBoard: (node) => !lost.has(node) });
    const [a, b] = [join('a'), join('b'), join('c')];
    await time.advance(1_000);
    lost.add('a');
    await time.advance(10_000);
    assert.deepEqual(
      [a.membership.nodes, b.membership.nodes],
      [
        ['a', 'b', 'c'],
        ['b', 'c'],
      ],
    );
    join('d');
    cut('a', 'c');
    await time.advance(3_000);
    assert.deepEqual(
      [a.membership.nodes, b.membership.nodes],
      [
        ['a', 'b'],
        ['b', 'c', 'd'],
      ],
    );
    lost.clear();
    await time.advance(3_000);
    assert.deepEqual(
      [a.membership.nodes, b.membership.nodes],
      [
        ['a', 'b', 'c', 'd'],
        ['a', 'b', 'c', 'd'],
      ],
    );
  });

  test('hints reject, nothing is published and nothing heard, and leaving does not hang', async () => {
    const lost = new Set(['a']);
    const { join } = opened({ canReachBoard: (node) => !lost.has(node) });
    const [a, b, c] = [join('a'), join('b'), join('c')];
    const heard: string[] = [];
    for (const { membership, fanout } of [a, b, c]) fanout.onMessage(() => heard.push(membership.self));
    await assert.rejects(a.hints.find('till/1'));
    await assert.rejects(a.hints.note([{ room: 'till/1', epoch: 1 }]));
    await assert.rejects(a.hints.drop([{ room: 'till/1', epoch: 1 }]));
    assert.deepEqual([a.fanout.isUp, b.fanout.isUp], [false, true]);
    a.fanout.publish({});
    b.fanout.publish({});
    await settled();
    assert.deepEqual(heard, ['c']);
    await a.membership.leave();
    assert.deepEqual(a.membership.nodes, []);
  });

  test('whatever it forgot is said again by the next renewal', async () => {
    const { cluster, time, join } = opened();
    const [a, b] = [join('a'), join('b')];
    await settled();
    await a.hints.note([{ room: 'till/1', epoch: 1 }]);
    cluster.flush();
    assert.equal(await b.hints.find('till/1'), null);
    await time.advance(1_000);
    assert.deepEqual([a.membership.nodes, b.membership.nodes], [['a'], ['b']]);
    await time.advance(2_000);
    assert.deepEqual(
      [a.membership.nodes, b.membership.nodes],
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
    );
  });

  test('an answer that comes late does not undo a later one', async () => {
    const waiting: (() => void)[] = [];
    let isSlow = true;
    const board = <T>(_: string, run: () => T): Promise<T> => {
      const answer = run();
      return isSlow ? new Promise((resolve) => waiting.push(() => resolve(answer))) : Promise.resolve(answer);
    };
    const { time, join } = opened({ board });
    const a = join('a');
    isSlow = false;
    join('b');
    await time.advance(1_000);
    for (const answer of waiting) answer();
    await settled();
    assert.deepEqual(a.membership.nodes, ['a', 'b']);
  });

  test('a renewal that arrives late does not undo a leaving', async () => {
    const waiting: (() => void)[] = [];
    let isSlow = false;
    const board = <T>(_: string, run: () => T): Promise<T> =>
      isSlow ? new Promise((resolve) => waiting.push(() => resolve(run()))) : Promise.resolve(run());
    const { time, join } = opened({ board });
    const [a, b] = [join('a'), join('b')];
    await settled();
    isSlow = true;
    await time.advance(2_000);
    isSlow = false;
    await b.membership.leave();
    await time.advance(1_000);
    assert.deepEqual(a.membership.nodes, ['a']);
    for (const run of waiting) run();
    await time.advance(1_000);
    assert.deepEqual([a.membership.nodes, b.membership.nodes], [['a'], ['a']]);
  });

  test('lapses are measured by its own clock', async () => {
    let now = 0;
    const { time, join } = opened({ now: () => now });
    const [a, b] = [join('a'), join('b')];
    b.crash();
    await time.advance(20_000);
    assert.deepEqual(a.membership.nodes, ['a', 'b']);
    await a.hints.note([{ room: 'till/1', epoch: 1 }]);
    now = 59_999;
    await time.advance(2_000);
    assert.deepEqual([a.membership.nodes, await a.hints.find('till/1')], [['a'], { owner: 'a', epoch: 1 }]);
    now = 60_000;
    assert.equal(await a.hints.find('till/1'), null);
  });
});
