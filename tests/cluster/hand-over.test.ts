/** Rooms go where they belong, a few at a time, when a node joins, and all of them when one stops; nobody’s command is lost on the way. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { homeOf } from '../../src/cluster/rendezvous.ts';
import { defaultLimits, type Limits } from '../../src/limits.ts';
import { settled } from '../support/fake-clock.ts';
import { ann, carl } from '../support/node.ts';
import { begun, type ClusterNode, idOf, startCluster as startStill } from './cluster.ts';
import { brief, followed, totals } from './told.ts';

const { handOverSettleMs } = defaultLimits;
const startCluster = (count: number, { limits = {} }: { readonly limits?: Partial<Limits> } = {}) =>
  startStill(count, { limits: { handOverSettleMs, ...limits } });
const heldBy = (nodes: readonly ClusterNode[]) => nodes.reduce((sum, { runtime }) => sum + runtime.roomsInMemory, 0);
const opened = async (count: number, rooms: number, limits: Partial<Limits> = {}) => {
  const cluster = await startCluster(count, { limits });
  const { nodes, roomWith } = cluster;
  const all = Array.from({ length: rooms }, () => roomWith(() => true));
  for (const room of all) assert.ok((await nodes[0].send(room, 'open', {}, ann)).ok);
  return { ...cluster, rooms: all };
};

describe('a node that joins', () => {
  test('is given its share gradually, after a while, and no command fails meanwhile', async () => {
    const { nodes, rooms, start, time, ownerOf } = await opened(2, 90, { handOverRoomsMax: 4 });
    const [one, two] = nodes;
    await time.advance(7_000);
    assert.equal(heldBy([one, two]), 90);
    const three = start(3);
    const share = rooms.filter((room) => homeOf(room, [1, 2, 3].map(idOf)) === three.id);
    assert.ok(share.length > 20, `${share.length} of 90`);
    const held: number[] = [];
    for (let second = 1; second <= 14; second++) {
      await time.advance(500);
      const acks = await Promise.all(
        rooms.map((room, n) => [one, two, three][(n + second) % 3]!.send(room, 'pay', { amount: 1 }, carl)),
      );
      assert.deepEqual(
        acks.filter(({ ok }) => !ok),
        [],
        `in second ${second}`,
      );
      await time.advance(500);
      held.push(three.runtime.roomsInMemory);
    }
    const given = held.map((rooms, second) => rooms - (held[second - 1] ?? 0));
    assert.deepEqual(given.slice(0, 5), [0, 0, 0, 0, 0]);
    assert.ok(
      given.every((few) => few <= 8),
      `two nodes give at most four each: ${given.join()}`,
    );
    assert.ok(given.filter((few) => few > 0).length >= 3, given.join());
    assert.deepEqual(
      rooms.filter((room) => ownerOf(room) === three.id),
      share,
    );
  });

  test('is given nothing while nodes come and go', async () => {
    const { rooms, start, time, nodes } = await opened(2, 30);
    await time.advance(7_000);
    start(3);
    await time.advance(4_000);
    const four = start(4);
    await time.advance(5_000);
    assert.equal(heldBy(nodes), rooms.length);
    void four.membership.leave();
    await time.advance(5_000);
    assert.equal(heldBy(nodes), rooms.length);
    await time.advance(3_000);
    assert.ok(heldBy(nodes) < rooms.length);
  });

  test('shows the watchers of its rooms what is true, and they miss nothing', async () => {
    const { roomWith, start, time, nodes } = await startCluster(2);
    const [one, two] = nodes;
    const room = roomWith((home) => home(1, 2) === one.id && home(1, 2, 3) === idOf(3));
    await one.send(room, 'open', {}, ann);
    const joined = [await one.join(room, 'c', carl), await two.join(room, 'd', carl)] as const;
    const three = start(3);
    for (let n = 0; n < 20; n++) {
      await time.advance(400);
      assert.ok((await nodes[n % 2]!.send(room, 'pay', { amount: 1 }, carl)).ok);
    }
    assert.equal(three.runtime.roomsInMemory, 1);
    const heard = [one.heardBy('c'), two.heardBy('d')] as const;
    for (const n of [0, 1] as const) {
      assert.deepEqual(
        totals(heard[n]).toSorted((a, b) => a! - b!),
        totals(heard[n]),
        'never back',
      );
      assert.deepEqual(followed(joined[n], heard[n]).view, { status: 'open', total: 20 });
      assert.equal(heard[n].filter((message) => 'view' in message).length, 1);
    }
  });
});

describe('a node that stops', () => {
  test('gives all its rooms away, answers what is under way, and in the end nobody was refused', async () => {
    const { nodes, rooms, time, database, insist, ownerOf } = await opened(3, 60);
    const [one, two, three] = nodes;
    await time.advance(300);
    const joined = await Promise.all(rooms.map((room) => three.join(room, `c ${room}`, carl)));
    const answer = database.hold({ node: two.id, what: 'append' });
    const paying = await begun(
      Promise.all(rooms.map((room, n) => insist(nodes[n % 3]!, room, 'pay', { amount: 1 }, carl))),
    );
    const stopping = await begun(two.runtime.stop());
    const later = await begun(
      Promise.all(rooms.map((room, n) => insist(nodes[n % 3]!, room, 'pay', { amount: 2 }, carl))),
    );
    await time.advance(200);
    answer();
    await time.advance(3_000);
    assert.equal(stopping.answer, true);
    const acks = [...(paying.answer ?? []), ...(later.answer ?? [])].map(({ ack }) => ack);
    assert.deepEqual([acks.length, acks.filter(({ ok }) => !ok)], [120, []]);
    assert.deepEqual(new Set(rooms.map(ownerOf)), new Set([one.id, three.id]));
    assert.equal(two.runtime.roomsInMemory, 0);
    const seen = rooms.map((room, n) => followed(joined[n]!, three.heardBy(`c ${room}`)).view);
    assert.deepEqual(
      seen,
      rooms.map(() => ({ status: 'open', total: 3 })),
    );
  });

  test('has its rooms’ watchers at other nodes go on within the second', async () => {
    const { nodes, roomAt, time, ownerOf } = await startCluster(3);
    const [one, two, three] = nodes;
    const room = roomAt(two);
    await one.send(room, 'open', {}, ann);
    await one.join(room, 'c', carl);
    await three.join(room, 'a', ann);
    void two.runtime.stop();
    await time.advance(1_000);
    assert.ok((await one.send(room, 'pay', { amount: 1 }, carl)).ok);
    await settled();
    assert.notEqual(ownerOf(room), two.id);
    assert.deepEqual(one.heardBy('c').map(brief), ['fresh payer 2:1', 'payer 2:1-3']);
    assert.deepEqual(three.heardBy('a').map(brief), ['fresh owner 2:1', 'owner 2:1-3']);
  });

  test('is followed at once by the next owner, also for callers there', async () => {
    const { nodes, roomWith, time, ownerOf } = await startCluster(3);
    const [one, two] = nodes;
    const room = roomWith((home) => home(1, 2, 3) === two.id && home(1, 3) === one.id);
    await one.send(room, 'open', {}, ann);
    void two.runtime.stop();
    await time.advance(100);
    assert.deepEqual(await one.send(room, 'pay', { amount: 1 }, carl), { ok: true, epoch: 2, seq: 3 });
    assert.equal(ownerOf(room), one.id);
  });

  /** The room is at home at the first of two nodes, until the third joins, is given it, is asked for it and stops. */
  const givenBack = async (opener: 0 | 1, asker: 0 | 1) => {
    const { roomWith, start, time, nodes, ownerOf } = await startCluster(2);
    const room = roomWith((home) => home(1, 2) === nodes[0].id && home(1, 2, 3) === idOf(3));
    await nodes[opener].send(room, 'open', {}, ann);
    const three = start(3);
    await time.advance(7_000);
    assert.ok((await nodes[asker].send(room, 'pay', { amount: 1 }, carl)).ok);
    assert.equal(ownerOf(room), three.id);
    void three.runtime.stop();
    await time.advance(100);
    assert.deepEqual(await nodes[1].send(room, 'pay', { amount: 1 }, carl), { ok: true, epoch: 3, seq: 5 });
    assert.equal(ownerOf(room), nodes[0].id);
  };

  test('gives a room back to the node it had it from just before', () => givenBack(0, 1));

  test('gives a room back, and it is found by who still believes it where it was in the beginning', () =>
    givenBack(1, 0));

  test('is sent no new rooms, and is missed by nobody', async () => {
    const { nodes, roomAt, time, ownerOf } = await startCluster(3);
    const [one, two] = nodes;
    const stopping = await begun(two.runtime.stop());
    await time.advance(1_000);
    assert.equal(stopping.answer, true);
    for (let n = 0; n < 5; n++) {
      const room = roomAt(two);
      assert.ok((await one.send(room, 'open', {}, ann)).ok);
      assert.notEqual(ownerOf(room), two.id);
    }
    await two.crash();
    await time.advance(10_000);
    assert.ok((await one.send(roomAt(two), 'open', {}, ann)).ok);
  });

  test('alone keeps its rooms and says when all is done', async () => {
    const { nodes, rooms, journal } = await opened(1, 3);
    assert.equal(await nodes[0].runtime.stop(), true);
    for (const room of rooms) assert.equal((await journal.read(room))!.snapshot!.seq, 1);
  });
});

describe('a busy room', () => {
  /** It belongs to the node that joined; a write of it is under way. */
  const busy = async (limits: Partial<Limits> = {}) => {
    const cluster = await startCluster(2, { limits });
    const [one, two] = cluster.nodes;
    const room = cluster.roomWith((home) => home(1, 2) === one.id && home(1, 2, 3) === idOf(3));
    await one.send(room, 'open', {}, ann);
    const three = cluster.start(3);
    await cluster.time.advance(5_950);
    const answer = cluster.database.hold({ node: one.id, what: 'append' });
    const paying = await begun(one.send(room, 'pay', { amount: 1 }, carl));
    return { ...cluster, one, two, three, room, answer, paying };
  };

  test('is let go when it is quiet', async () => {
    const { one, room, time, answer, paying, ownerOf, two } = await busy();
    await time.advance(1_500);
    assert.deepEqual([one.runtime.roomsInMemory, paying.answer], [1, null]);
    answer();
    await time.advance(40);
    assert.deepEqual([one.runtime.roomsInMemory, paying.answer], [0, { ok: true, epoch: 1, seq: 3 }]);
    assert.deepEqual(await two.send(room, 'pay', { amount: 1 }, carl), { ok: true, epoch: 2, seq: 5 });
    assert.equal(ownerOf(room), idOf(3));
  });

  test('is closed to newcomers, who are sent on', async () => {
    const { one, two, three, room, time, answer, paying, eventsOf, ownerOf } = await busy();
    await time.advance(1_500);
    assert.deepEqual(await two.send(room, 'pay', { amount: 1 }, carl), { ok: true, epoch: 2, seq: 3 });
    assert.equal(ownerOf(room), three.id);
    answer();
    await time.advance(100);
    assert.equal(paying.answer?.ok, true, 'fenced where it was begun, and done where the room is now');
    assert.deepEqual(eventsOf(room), ['opened 1', 'paid 2', 'counted 2', 'paid 2', 'counted 2']);
    assert.equal(one.runtime.roomsInMemory, 0);
  });

  test('is closed to newcomers of the very node that gives it away', async () => {
    const { one, three, room, time, ownerOf } = await busy();
    await time.advance(1_500);
    const newcomer = await begun(one.send(room, 'pay', { amount: 1 }, carl));
    assert.deepEqual(newcomer.answer, { ok: true, epoch: 2, seq: 3 });
    assert.equal(ownerOf(room), three.id);
  });

  test('is taken by the node that it is given to when it is asked for there', async () => {
    const { three, room, time, ownerOf } = await busy();
    await time.advance(1_500);
    const newcomer = await begun(three.send(room, 'pay', { amount: 1 }, carl));
    assert.deepEqual(newcomer.answer, { ok: true, epoch: 2, seq: 3 });
    assert.equal(ownerOf(room), three.id);
  });

  test('is let go when its time is up, and whoever waits for it is answered by the next owner, once', async () => {
    const { one, three, room, time, answer, paying, eventsOf, ownerOf } = await busy({ commitTimeoutMs: 60_000 });
    await time.advance(4_900);
    assert.deepEqual([one.runtime.roomsInMemory, paying.answer], [1, null]);
    await time.advance(1_500);
    assert.deepEqual([one.runtime.roomsInMemory, ownerOf(room)], [0, three.id]);
    assert.deepEqual(paying.answer, { ok: true, epoch: 2, seq: 3 });
    answer();
    await time.advance(1_000);
    assert.deepEqual(eventsOf(room), ['opened 1', 'paid 2', 'counted 2']);
  });
});
