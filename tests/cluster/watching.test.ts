/** Watchers of a room that another node owns: each change once, in order, by seat, whatever becomes of the messages between. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Limits } from '../../src/limits.ts';
import { settled } from '../support/fake-clock.ts';
import { ann, carl } from '../support/node.ts';
import { startCluster } from './cluster.ts';
import { brief, followed, totals } from './told.ts';

/** The first node owns the room; a payer looks in from the second, and the till's owner from the third. */
const watched = async (limits: Partial<Limits> = {}) => {
  const cluster = await startCluster(3, { limits });
  const [one, two, three] = cluster.nodes;
  const room = cluster.roomAt(one);
  await one.send(room, 'open', {}, ann);
  const joined = { c: await two.join(room, 'c', carl), a: await three.join(room, 'a', ann) };
  // Somewhere between two beacons.
  await cluster.time.advance(130);
  const pay = async (amount: number) => {
    const ack = await one.send(room, 'pay', { amount }, carl);
    await settled();
    return ack;
  };
  const change = { verb: 'change', to: two.id } as const;
  return { ...cluster, one, two, three, room, joined, pay, change, heard: () => two.heardBy('c') };
};

test('each change is told once, in order, by seat, at whichever node it was asked for', async () => {
  const { one, two, three, room, joined, time } = await watched();
  const near = await one.join(room, 'n', carl);
  for (const node of [one, two, three, three, two, one]) await node.send(room, 'pay', { amount: 2 }, carl);
  await time.advance(5_000);
  const steps = ['1-3', '3-5', '5-7', '7-9', '9-11', '11-13'];
  assert.deepEqual(
    [one.heardBy('n').map(brief), two.heardBy('c').map(brief), three.heardBy('a').map(brief)],
    [steps.map((s) => `payer 1:${s}`), steps.map((s) => `payer 1:${s}`), steps.map((s) => `owner 1:${s}`)],
  );
  assert.deepEqual(followed(near, one.heardBy('n')).view, { status: 'open', total: 12 });
  assert.deepEqual(followed(joined.c, two.heardBy('c')).view, { status: 'open', total: 12 });
  const { secret, total } = followed(joined.a, three.heardBy('a')).view as { secret: number; total: number };
  assert.deepEqual([secret, total], [6, 12]);
});

test('a node nobody watches from is not told, and one message tells all who watch from one node', async () => {
  const { one, two, three, room, pay, post } = await watched();
  await one.join(room, 'n', carl);
  await two.join(room, 'c2', carl);
  await two.join(room, 'c3', carl);
  post.forget();
  await pay(1);
  assert.equal(post.seen({ verb: 'change', to: two.id }).length, 1);
  const heard = () => ['c', 'c2', 'c3'].map((id) => two.heardBy(id).length);
  assert.deepEqual(heard(), [1, 1, 1]);
  for (const id of ['c', 'c2', 'c3']) two.rooms.gone(id);
  three.rooms.leave(room, 'a');
  await settled();
  post.forget();
  await pay(1);
  assert.deepEqual(post.seen({ kind: 'news' }), []);
  assert.deepEqual([one.heardBy('n').length, heard()], [2, [1, 1, 1]]);
});

test('two who join at different times are each told what they have not seen', async () => {
  const { two, room, joined, pay, post, change } = await watched();
  const arrive = post.hold(change);
  await pay(1);
  const later = await two.join(room, 'd', carl);
  assert.deepEqual(later.ok && later.seq, 3);
  arrive();
  await settled();
  await pay(2);
  assert.deepEqual(followed(joined.c, two.heardBy('c')).view, { status: 'open', total: 3 });
  assert.deepEqual(followed(later, two.heardBy('d')).view, { status: 'open', total: 3 });
});

describe('a change that was lost', () => {
  test('is made up for when the next comes', async () => {
    const { joined, pay, post, change, heard, two } = await watched();
    const find = post.lose(change);
    await pay(1);
    await pay(2);
    find();
    assert.deepEqual(heard(), []);
    await pay(3);
    assert.deepEqual(heard().map(brief), ['payer 1:1-3', 'payer 1:3-5', 'payer 1:5-7']);
    assert.deepEqual(followed(joined.c, heard()).view, { status: 'open', total: 6 });
    assert.equal(two.counted('repaired'), 1);
  });

  test('is made up for by the whole view if the owner keeps no patches so old', async () => {
    const { joined, pay, post, change, heard } = await watched({ ringBytesMax: 1 });
    const find = post.lose(change);
    await pay(1);
    find();
    await pay(2);
    assert.deepEqual(heard().map(brief), ['fresh payer 1:5']);
    await pay(3);
    assert.deepEqual(followed(joined.c, heard()).view, { status: 'open', total: 6 });
  });

  test('and was the last one is made up for within a second', async () => {
    const { joined, pay, post, change, heard, time } = await watched();
    post.lose(change);
    await pay(7);
    await time.advance(1_000);
    assert.deepEqual(heard().map(brief), ['payer 1:1-3']);
    assert.deepEqual(followed(joined.c, heard()).view, { status: 'open', total: 7 });
    await time.advance(5_000);
    assert.equal(heard().length, 1);
  });

  test('is made up for though one beacon is lost, too', async () => {
    const { pay, post, change, heard, time } = await watched();
    post.lose(change);
    const find = post.lose({ verb: 'beacon' });
    await pay(7);
    await time.advance(1_000);
    assert.equal(heard().length, 0);
    find();
    await time.advance(1_000);
    assert.equal(heard().length, 1);
  });

  test('because the fan-out is down is made up for within 200 ms', async () => {
    const { one, pay, heard, time } = await watched();
    one.loseBoard();
    await time.advance(50);
    for (const n of [1, 2, 3]) {
      await pay(1);
      await time.advance(200);
      assert.deepEqual(totals(heard()).at(-1), n);
    }
    assert.equal(heard().length, 3);
  });

  test('is not made up for over and over: what is known is not asked for', async () => {
    const { pay, post, time, heard } = await watched();
    await pay(1);
    post.forget();
    await time.advance(10_000);
    assert.deepEqual([post.seen({ verb: 'catchUp' }).length, heard().length], [0, 1]);
  });
});

describe('a change that comes late', () => {
  test('is ignored when what it says is known already', async () => {
    const { joined, pay, post, change, heard, time } = await watched();
    const arrive = post.hold(change);
    await pay(1);
    await time.advance(1_000);
    assert.deepEqual(totals(heard()), [1]);
    arrive();
    await settled();
    await pay(2);
    assert.deepEqual(totals(heard()), [1, 3]);
    assert.deepEqual(followed(joined.c, heard()).view, { status: 'open', total: 3 });
  });

  test('after the next one is not told again: it was fetched when the next one came', async () => {
    const { joined, pay, post, change, heard, time } = await watched();
    const arrive = post.hold(change, 1);
    await pay(1);
    await pay(2);
    assert.deepEqual(totals(heard()), [1, 3]);
    arrive();
    await time.advance(2_000);
    assert.deepEqual(totals(heard()), [1, 3]);
    assert.deepEqual(followed(joined.c, heard()).view, { status: 'open', total: 3 });
  });

  test('from an owner of before is ignored', async () => {
    const { one, two, three, room, pay, post, change, heard, time, overtake } = await watched();
    const arrive = post.hold({ ...change, from: one.id });
    await pay(1);
    await overtake(room, three, two, 'pay', { amount: 2 }, carl);
    await time.advance(3_000);
    assert.deepEqual(totals(heard()), [3]);
    arrive();
    await time.advance(1_000);
    assert.deepEqual(totals(heard()), [3]);
  });
});
