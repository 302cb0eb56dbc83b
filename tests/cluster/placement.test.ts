/** Which node is asked for a room: where it was found, who is noted on the board or in the journal, or its home. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { homeOf } from '../../src/cluster/rendezvous.ts';
import { settled } from '../support/fake-clock.ts';
import { ann, carl } from '../support/node.ts';
import { begun, startCluster } from './cluster.ts';

test('a room nobody has opened yet goes to its home, wherever it is asked for', async () => {
  const { nodes, ownerOf } = await startCluster(3);
  const rooms = Array.from({ length: 30 }, (_, n) => `till/${n}`);
  for (const [n, room] of rooms.entries()) assert.equal((await nodes[n % 3]!.send(room, 'open', {}, ann)).ok, true);
  const ids = nodes.map(({ id }) => id);
  assert.deepEqual(
    rooms.map(ownerOf),
    rooms.map((room) => homeOf(room, ids)),
  );
  assert.equal(new Set(rooms.map(ownerOf)).size, 3);
});

describe('a room that is not at its home', () => {
  /** The first two were there when it was opened; by the third, where it belongs now, it has not been found yet. */
  const away = async () => {
    const cluster = await startCluster(2);
    const [one, two] = cluster.nodes;
    const room = cluster.roomWith((home) => home(1, 2) === two.id && home(1, 2, 3) === 'node-3.a');
    await one.send(room, 'open', {}, ann);
    const three = cluster.start(3);
    await cluster.time.advance(1_500);
    cluster.database.forget();
    return { ...cluster, one, two, three, room };
  };

  test('is found through the board, and stays where it is', async () => {
    const { two, three, room, ownerOf, database } = await away();
    assert.deepEqual(await three.send(room, 'pay', { amount: 1 }, carl), { ok: true, epoch: 1, seq: 3 });
    assert.equal(ownerOf(room), two.id);
    assert.deepEqual(database.seen({ node: three.id, room }), []);
  });

  test('is found through the journal while the board is away', async () => {
    const { nodes, two, three, room, ownerOf, database } = await away();
    for (const node of [...nodes, three]) node.loseBoard();
    assert.deepEqual(await three.send(room, 'pay', { amount: 1 }, carl), { ok: true, epoch: 1, seq: 3 });
    assert.equal(ownerOf(room), two.id);
    assert.deepEqual(
      database.seen({ node: three.id, room }).map(({ what }) => what),
      ['ownersOf'],
    );
  });

  test('is taken by its home if neither can say, and the owner before writes nothing more', async () => {
    const { two, three, room, ownerOf, database, eventsOf, time } = await away();
    three.loseBoard();
    const comeBack = database.lose({ what: 'ownersOf' });
    assert.deepEqual(await three.send(room, 'pay', { amount: 1 }, carl), { ok: true, epoch: 2, seq: 3 });
    comeBack();
    const paying = await begun(two.send(room, 'pay', { amount: 1 }, carl));
    await time.advance(500);
    assert.deepEqual(paying.answer, { ok: true, epoch: 2, seq: 5 });
    assert.equal(ownerOf(room), three.id);
    assert.deepEqual(eventsOf(room), ['opened 1', 'paid 2', 'counted 2', 'paid 2', 'counted 2']);
  });
});

describe('a note on the board', () => {
  const opened = async () => {
    const cluster = await startCluster(3);
    const [one, two, three] = cluster.nodes;
    const room = cluster.roomAt(two);
    await two.send(room, 'open', {}, ann);
    await settled();
    return { ...cluster, one, two, three, room };
  };

  test('is made when a room is opened, and taken back when it is let go', async () => {
    const { one, two, room, time } = await opened();
    assert.deepEqual(await one.hints.find(room), { owner: two.id, epoch: 1 });
    await time.advance(125_000);
    assert.equal(two.runtime.roomsInMemory, 0);
    assert.equal(await one.hints.find(room), null);
  });

  test('does not lapse while the room is held, though nobody asks for it', async () => {
    const { one, two, room, time } = await opened();
    await time.advance(110_000);
    assert.deepEqual(await one.hints.find(room), { owner: two.id, epoch: 1 });
  });

  test('that is wrong costs a detour, and no write', async () => {
    const { one, two, three, room, post, ownerOf } = await opened();
    await three.hints.note([{ room, epoch: 9 }]);
    post.forget();
    assert.deepEqual(await one.send(room, 'pay', { amount: 1 }, carl), { ok: true, epoch: 1, seq: 3 });
    assert.deepEqual(
      post.seen({ kind: 'ask', verb: 'send' }).map(({ to }) => to),
      [three.id, two.id],
    );
    assert.equal(ownerOf(room), two.id);
  });

  test('that names a dead node is passed over', async () => {
    const { one, two, room } = await opened();
    await two.crash();
    assert.deepEqual(await one.hints.find(room), { owner: two.id, epoch: 1 });
    assert.deepEqual(await one.send(room, 'pay', { amount: 1 }, carl), { ok: true, epoch: 2, seq: 3 });
  });
});

test('a node that could not load one room keeps its others', async () => {
  const { nodes, roomAt, database, ownerOf } = await startCluster(3);
  const [, two, three] = nodes;
  const [sound, sick] = [roomAt(two), roomAt(two)];
  await two.send(sound, 'open', {}, ann);
  await settled();
  database.lose({ node: two.id, what: 'activate', room: sick }, 1);
  await three.send(sick, 'open', {}, ann);
  assert.deepEqual(await three.send(sound, 'pay', { amount: 1 }, carl), { ok: true, epoch: 1, seq: 3 });
  assert.equal(ownerOf(sound), two.id);
});

describe('a room lost to a node out of reach', () => {
  /** The first and the second do not reach each other; the third reaches both, and has the second take the first one's room. */
  const lost = async () => {
    const cluster = await startCluster(3);
    const [one, two, three] = cluster.nodes;
    const room = cluster.roomWith((home) => home(1, 2, 3) === one.id && home(1, 3) === one.id);
    await three.send(room, 'open', {}, ann);
    const mend = cluster.post.cut(one, two);
    await cluster.time.advance(2_150);
    assert.equal(one.mesh.stateOf(two.id), 'down');
    await cluster.overtake(room, two, three, 'pay', { amount: 1 }, carl);
    return { ...cluster, one, two, three, room, mend };
  };
  const paying = ['pay', { amount: 1 }, carl, '0193c000-0000-7000-8000-000000000001'] as const;

  test('is not taken back for a while: the same may be asked again, and when the time is up it is done', async () => {
    const { one, two, room, time, ownerOf } = await lost();
    for (const ms of [0, 1_000, 999]) {
      await time.advance(ms);
      const ack = await one.send(room, ...paying);
      assert.ok(!ack.ok && ['moved', 'unavailable'].includes(ack.code) && ack.retry === 'same-id', JSON.stringify(ack));
      assert.equal(ownerOf(room), two.id);
    }
    await time.advance(1);
    assert.deepEqual(await one.send(room, ...paying), { ok: true, epoch: 3, seq: 5 });
    assert.equal(ownerOf(room), one.id);
  });

  test('is not taken back, either, for another node that still asks here', async () => {
    const { one, two, three, room, time, ownerOf } = await lost();
    await one.send(room, ...paying);
    const ack = await three.send(room, ...paying);
    assert.ok(ack.ok || ack.retry === 'same-id', JSON.stringify(ack));
    assert.equal(ownerOf(room), two.id);
    await time.advance(2_000);
    assert.equal((await three.send(room, ...paying)).ok, true);
  });

  test('does not cost the node that lost it its other rooms', async () => {
    const { one, three, room, roomAt, ownerOf } = await lost();
    const other = roomAt(one);
    await one.send(other, 'open', {}, ann);
    await one.send(room, ...paying);
    await three.send(room, ...paying);
    assert.deepEqual(await three.send(other, 'pay', { amount: 1 }, carl), { ok: true, epoch: 1, seq: 3 });
    assert.equal(ownerOf(other), one.id);
  });

  test('is asked for there as soon as that node is reached again', async () => {
    const { one, two, room, ownerOf, time, mend } = await lost();
    await one.send(room, ...paying);
    mend();
    await time.advance(1_000);
    assert.deepEqual(await one.send(room, ...paying), { ok: true, epoch: 2, seq: 5 });
    assert.equal(ownerOf(room), two.id);
  });

  test('is taken back at once if that node takes part no more', async () => {
    const { one, two, room, time } = await lost();
    await one.send(room, ...paying);
    await two.membership.leave();
    await time.advance(1_000);
    assert.deepEqual(await one.send(room, ...paying), { ok: true, epoch: 3, seq: 5 });
  });
});
