/** Who is here, across nodes: signals, presence, leaving, and those whose node is gone. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settled } from '../support/fake-clock.ts';
import { ann, bob, carl } from '../support/node.ts';
import { type ClusterNode, startCluster } from './cluster.ts';
import { brief, totals } from './told.ts';
import { entitled } from '../../rooms/permissions.ts';

const bobToo = entitled({ ...bob, roles: ['customer'] });

/** The first node owns the room; the till's owner looks in from the third, a payer from the second. */
const watched = async () => {
  const cluster = await startCluster(3);
  const [one, two, three] = cluster.nodes;
  const room = cluster.roomAt(one);
  await one.send(room, 'open', {}, ann);
  await three.join(room, 'a', ann);
  await two.join(room, 'c', carl);
  await cluster.time.advance(300);
  const pay = async () => {
    assert.ok((await one.send(room, 'pay', { amount: 1 }, carl)).ok);
    await settled();
  };
  return { ...cluster, one, two, three, room, pay };
};
/** Who is there, as the till’s owner was told last. */
const people = ({ signalsTo }: ClusterNode) => (signalsTo('a').at(-1)?.data as { people: object } | undefined)?.people;

test('a signal reaches the seats that may see it at every node, and no other', async () => {
  const { one, two, three, room } = await watched();
  await one.join(room, 'b', bobToo);
  three.rooms.signal(room, 'a', 'typing', { field: 'amount' });
  two.rooms.signal(room, 'c', 'typing', { field: 'a payer may not' });
  three.rooms.signal(room, 'stranger', 'typing', { field: 'nor may a stranger' });
  await settled();
  const typing = { room, kind: 'typing', data: { field: 'amount' }, by: { accountId: 'ann', seat: 'owner' } };
  assert.deepEqual([two.signalsTo('c'), one.signalsTo('b')], [[typing], [typing]]);
  assert.deepEqual(
    three.signalsTo('a').filter(({ kind }) => kind === 'typing'),
    [],
  );
});

describe('presence', () => {
  test('is of all nodes, also minutes later', async () => {
    const { one, three, room, time } = await watched();
    assert.deepEqual(people(three), { ann: 'owner', carl: 'payer' });
    await one.join(room, 'b', bobToo);
    await time.advance(100_000);
    assert.deepEqual(people(three), { ann: 'owner', carl: 'payer', bob: 'payer' });
  });

  test('ends for who leaves, or whose socket is gone', async () => {
    const { two, three, room, time } = await watched();
    await two.join(room, 'b', bobToo);
    two.rooms.leave(room, 'c');
    await time.advance(300);
    assert.deepEqual(people(three), { ann: 'owner', bob: 'payer' });
    two.rooms.gone('b');
    await time.advance(300);
    assert.deepEqual(people(three), { ann: 'owner' });
  });

  test('of those whose node died lapses', async () => {
    const { two, three, time } = await watched();
    await time.advance(10_000);
    await two.crash();
    await time.advance(20_000);
    assert.deepEqual(people(three), { ann: 'owner', carl: 'payer' }, 'it may come back');
    await time.advance(12_000);
    assert.deepEqual(people(three), { ann: 'owner' });
  });

  test('does not last for ever when nobody is told of a leaving', async () => {
    const { two, three, room, post, time } = await watched();
    post.lose({ verb: 'leave' });
    two.rooms.leave(room, 'c');
    await time.advance(32_000);
    assert.deepEqual(people(three), { ann: 'owner' });
  });
});

describe('who leaves', () => {
  test('hears nothing more, and from when they are back everything again, once', async () => {
    const { two, room, pay, time } = await watched();
    await pay();
    two.rooms.leave(room, 'c');
    await pay();
    await time.advance(2_000);
    assert.deepEqual(two.heardBy('c').map(brief), ['payer 1:1-3']);
    const back = await two.join(room, 'c', carl);
    assert.deepEqual(back.ok && 'view' in back && back.view, { status: 'open', total: 2 });
    await pay();
    await time.advance(2_000);
    assert.deepEqual(two.heardBy('c').map(brief), ['payer 1:1-3', 'payer 1:5-7']);
  });

  test('is given what they missed if they are back soon', async () => {
    const { two, room, pay } = await watched();
    await two.join(room, 'd', carl);
    two.rooms.leave(room, 'c');
    await pay();
    const back = await two.join(room, 'c', carl, { epoch: 1, seq: 1, seat: 'payer' });
    assert.deepEqual(back.ok && 'patches' in back && back.patches.map(brief), ['payer 1:1-3']);
  });

  test('and is back before the owner has heard of it stays', async () => {
    const { two, three, room, pay, post, time } = await watched();
    const arrive = post.hold({ verb: 'leave' });
    two.rooms.leave(room, 'c');
    assert.equal((await two.join(room, 'c', carl)).ok, true);
    arrive();
    await settled();
    await pay();
    await time.advance(1_000);
    assert.deepEqual(totals(two.heardBy('c')), [1]);
    await time.advance(40_000);
    assert.deepEqual(people(three), { ann: 'owner', carl: 'payer' });
  });

  test('while a seat is being taken does not get it', async () => {
    const { two, three, room, pay, post, time } = await watched();
    const arrive = post.hold({ kind: 'answer', verb: 'sit' });
    const joining = two.join(room, 'b', bobToo);
    await settled();
    two.rooms.gone('b');
    arrive();
    assert.equal((await joining).ok, false);
    await pay();
    await time.advance(300);
    assert.deepEqual(two.heardBy('b'), []);
    assert.deepEqual(people(three), { ann: 'owner', carl: 'payer' });
  });

  test('and would have been the first of a node to take a seat is soon not shown any more', async () => {
    const { one, two, three, room, post, time } = await watched();
    two.rooms.gone('c');
    await settled();
    const arrive = post.hold({ kind: 'answer', verb: 'sit' });
    const joining = two.join(room, 'b', bobToo);
    await time.advance(300);
    assert.deepEqual(people(three), { ann: 'owner', bob: 'payer' });
    two.rooms.gone('b');
    arrive();
    assert.equal((await joining).ok, false);
    await time.advance(300);
    assert.deepEqual([people(three), one.logged], [{ ann: 'owner' }, []]);
  });

  test('and was the last of a node leaves no trace: the owner lets go of the room when its time has come', async () => {
    const { one, two, three, room, time } = await watched();
    two.rooms.gone('c');
    three.rooms.gone('a');
    await time.advance(125_000);
    assert.equal(one.runtime.roomsInMemory, 0);
    assert.equal((await two.join(room, 'c', carl)).ok, true);
  });
});

describe('a watcher that its owner has forgotten', () => {
  test('is remembered when its node can speak again, and misses nothing', async () => {
    const { two, three, pay, post, time } = await watched();
    const find = post.lose({ verb: 'vouch', from: two.id, kind: 'ask' });
    await time.advance(32_000);
    find();
    await pay();
    await time.advance(6_000);
    assert.deepEqual(totals(two.heardBy('c')).at(-1), 1);
    await pay();
    assert.deepEqual(totals(two.heardBy('c')).at(-1), 2);
    await time.advance(300);
    assert.deepEqual(people(three), { ann: 'owner', carl: 'payer' });
  });

  test('is not shown a seat that it has lost meanwhile', async () => {
    const { one, two, three, room, pay, post, time } = await watched();
    await two.join(room, 'x', ann);
    await three.join(room, 'b', bobToo);
    post.lose({ verb: 'vouch', from: two.id, kind: 'ask' });
    await time.advance(25_000);
    await two.join(room, 'd', carl);
    await time.advance(6_500);
    const before = two.heardBy('x').length;
    await one.send(room, 'hand', { to: 'bob' }, ann);
    await pay();
    await time.advance(100);
    assert.deepEqual(two.heardBy('x').slice(before).map(brief), ['out']);
    assert.equal(totals(two.heardBy('d')).at(-1), 1, 'the others go on');
  });

  test('because the room is another’s now is seated there within seconds, though all that was said of it was lost', async () => {
    const { two, three, room, post, time, overtake } = await watched();
    post.lose({ verb: 'beacon' });
    post.lose({ verb: 'lost' });
    await overtake(room, three, two, 'pay', { amount: 1 }, carl);
    await time.advance(6_000);
    assert.deepEqual(two.heardBy('c').map(brief), ['fresh payer 2:3']);
  });
});
