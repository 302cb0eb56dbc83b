/** What the cluster in memory lets its surroundings do to what passes between its nodes: lose it, delay it, double it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settled } from '../support/fake-clock.ts';
import { opened } from './cluster/memory.ts';

describe('a link', () => {
  test('is connecting until a hello came back, and down two seconds after nothing did', async () => {
    const { time, join, cuts, told } = opened();
    cuts.add('b a');
    const a = join('a');
    assert.equal(a.mesh.stateOf('b'), 'connecting', 'before the first look at the board');
    const b = join('b');
    await settled();
    await time.advance(1_000);
    assert.deepEqual(
      [a.mesh.stateOf('b'), b.mesh.stateOf('a'), a.mesh.stateOf('c')],
      ['connecting', 'connecting', 'down'],
    );
    await assert.rejects(a.mesh.ask('b', {}), /not up/);
    await time.advance(2_000);
    assert.deepEqual([a.mesh.stateOf('b'), b.mesh.stateOf('a')], ['down', 'down'], 'one direction is not enough');
    cuts.clear();
    await time.advance(1_000);
    assert.deepEqual(told.toSorted(), ['a: b down', 'a: b up', 'b: a down', 'b: a up']);
  });

  test('goes down by two seconds of silence, rejects what was asked, and keeps nothing for later', async () => {
    const { time, join, cut, cuts, told } = opened();
    const [a, b] = [join('a'), join('b')];
    await settled();
    const heard: object[] = [];
    b.mesh.serve(async (_, message) => void heard.push(message));
    cut('a', 'b');
    let isRejected = false;
    a.mesh.ask('b', { n: 1 }).catch(() => (isRejected = true));
    a.mesh.tell('b', { n: 2 });
    await time.advance(1_999);
    assert.deepEqual([a.mesh.stateOf('b'), isRejected], ['up', false]);
    await time.advance(1);
    assert.deepEqual([a.mesh.stateOf('b'), isRejected], ['down', true]);
    cuts.clear();
    a.mesh.tell('b', { n: 3 });
    await assert.rejects(a.mesh.ask('b', { n: 4 }));
    await time.advance(1_000);
    assert.equal(a.mesh.stateOf('b'), 'up');
    a.mesh.tell('b', { n: 5 });
    await settled();
    assert.deepEqual(heard, [{ n: 5 }]);
    cut('a', 'b');
    await time.advance(2_000);
    assert.deepEqual(
      told.filter((line) => line.startsWith('a')),
      ['a: b up', 'a: b down', 'a: b up', 'a: b down'],
    );
  });

  test('tells of a death as soon as the system of the other side does, or by silence', async () => {
    const after: Record<string, number | null> = { a: 0, b: 300, c: null };
    const { time, join, told } = opened({ reset: (node, peer) => (assert.equal(node, 'd'), after[peer]!) });
    const [, , , d] = ['a', 'b', 'c', 'd'].map(join);
    await settled();
    told.length = 0;
    d!.crash();
    await time.advance(0);
    assert.deepEqual(told, ['a: d down']);
    await time.advance(300);
    assert.deepEqual(told, ['a: d down', 'b: d down']);
    await time.advance(1_699);
    assert.equal(told.length, 2);
    await time.advance(1);
    assert.deepEqual(told, ['a: d down', 'b: d down', 'c: d down']);
    await time.advance(10_000);
    assert.equal(told.length, 3);
  });

  test('that was reset stays down, whatever was still on its way', async () => {
    const late: (() => void)[] = [];
    let isLate = false;
    const { time, join } = opened({
      carry: (_from, _to, message, deliver) => {
        const arrive = () => deliver(structuredClone(message));
        if (isLate) late.push(arrive);
        else queueMicrotask(arrive);
      },
    });
    const [a, b] = [join('a'), join('b')];
    await settled();
    isLate = true;
    await time.advance(1_000);
    // The hellos arrive; what they are answered is on its way.
    for (const arrive of late.splice(0)) arrive();
    b.crash();
    await time.advance(0);
    assert.equal(a.mesh.stateOf('b'), 'down');
    for (const arrive of late.splice(0)) arrive();
    assert.equal(a.mesh.stateOf('b'), 'down');
  });

  test('with a dead node carries nothing, and its board takes no word of it', async () => {
    const { time, join, passed } = opened({ reset: () => null });
    const [a, b] = [join('a'), join('b')];
    await settled();
    b.crash();
    passed.length = 0;
    b.mesh.tell('a', {});
    b.fanout.publish({});
    await assert.rejects(b.hints.note([{ room: 'till/1', epoch: 1 }]));
    await time.advance(100);
    assert.deepEqual([passed, await a.hints.find('till/1')], [[], null]);
  });

  test('to a node that is gone is forgotten, and nothing is sent any more', async () => {
    const { time, join, passed } = opened();
    const [a, b] = [join('a'), join('b')];
    await time.advance(3_000);
    b.crash();
    await time.advance(12_000);
    passed.length = 0;
    await time.advance(10_000);
    assert.deepEqual([passed, a.mesh.stateOf('b'), a.membership.nodes], [[], 'down', ['a']]);
  });
});

test('all that passes between nodes is carried, and news at most once however often', async () => {
  const carried = new Set<string>();
  const { time, join } = opened({
    carry(from, to, message, deliver) {
      carried.add((message as { kind: string }).kind);
      for (let n = 0; n < 2; n++) queueMicrotask(() => deliver(structuredClone(message)));
    },
  });
  const [a, b] = [join('a'), join('b')];
  let news = 0;
  b.fanout.onMessage(() => news++);
  b.mesh.serve(async () => ({ n: 1 }));
  await settled();
  a.fanout.publish({});
  a.mesh.tell('b', {});
  assert.deepEqual(await a.mesh.ask('b', {}), { n: 1 });
  await time.advance(100);
  assert.equal(news, 1);
  assert.deepEqual([...carried].toSorted(), ['answer', 'ask', 'hello', 'hello-back', 'news', 'tell']);
});

test('a node alone is its own cluster', async () => {
  const { time, join, passed } = opened();
  const alone = join('a');
  alone.fanout.publish({});
  await alone.hints.note([{ room: 'till/1', epoch: 1 }]);
  await time.advance(60_000);
  assert.deepEqual([alone.membership.nodes, alone.fanout.isUp, passed], [['a'], true, []]);
});
