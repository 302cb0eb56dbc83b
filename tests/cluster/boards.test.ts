/** Boards of every node show what all nodes have done, whatever becomes of the messages between them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derivedOf } from '../../rooms/derived.ts';
import { may } from '../../rooms/permissions.ts';
import type { Limits } from '../../src/limits.ts';
import { settled } from '../support/fake-clock.ts';
import { ann, carl, uncounted } from '../support/node.ts';
import type { Till } from '../support/till.ts';
import { startCluster } from './cluster.ts';
import { followed } from './told.ts';

const totals = derivedOf<'staff'>()({
  id: 'board/totals',
  summary: 'What is in all tills.',
  seat: (caller) => (may(caller, 'boards.read') ? 'staff' : null),
  view: {
    staff: (tally) => {
      const [cell] = tally.cells('all');
      return { tills: cell?.n ?? 0, total: cell?.sums[0] ?? 0 };
    },
  },
});
const tills = {
  name: 'tills',
  of: 'till',
  version: 1,
  row: (state: unknown, { room }: { room: string }) => ({ id: room, all: 'all', total: (state as Till).total }),
};
const counted = { ...uncounted, list: 'tills', cubes: [{ name: 'all', by: ['all'], sums: ['total'] }] };

/** A till at the first node with 5 in it; somebody watches the board at each. */
const watched = async (limits: Partial<Limits> = {}) => {
  const cluster = await startCluster(2, { boards: [totals], counted, projections: [tills], limits });
  const [one, two] = cluster.nodes;
  const room = cluster.roomAt(one);
  await one.send(room, 'open', {}, ann);
  await one.send(room, 'pay', { amount: 5 }, carl);
  await cluster.time.advance(1_000);
  const joined = { one: await one.join('board/totals', 'w', ann), two: await two.join('board/totals', 'w', ann) };
  const pay = async (amount: number) => {
    const ack = await one.send(room, 'pay', { amount }, carl);
    await settled();
    return ack;
  };
  const shown = () => [followed(joined.one, one.heardBy('w')).view, followed(joined.two, two.heardBy('w')).view];
  return { ...cluster, one, two, room, pay, shown };
};
const both = (total: number, tills = 1) => [
  { tills, total },
  { tills, total },
];

test('a change at one node is on the boards of all within 300 ms, once', async () => {
  const { pay, shown, time } = await watched();
  assert.deepEqual(shown(), both(5));
  for (const amount of [1, 2, 3]) await pay(amount);
  await time.advance(300);
  assert.deepEqual(shown(), both(11));
  await time.advance(10_000);
  assert.deepEqual(shown(), both(11));
});

test('what is lost in the middle is asked for when the next one comes', async () => {
  const { pay, shown, time, post, database } = await watched();
  const read = database.seen({ what: 'sums' }).length;
  post.lose({ verb: 'followed' }, 1);
  await pay(1);
  await time.advance(300);
  await pay(2);
  await time.advance(600);
  assert.deepEqual(shown(), both(8));
  assert.equal(database.seen({ what: 'sums' }).length, read, 'nothing was counted anew');
});

test('what is lost last is found by where the other says it stands', async () => {
  const { pay, shown, time, post, database } = await watched();
  const read = database.seen({ what: 'sums' }).length;
  post.lose({ verb: 'followed' });
  await pay(1);
  await time.advance(2_000);
  assert.deepEqual(shown(), both(6));
  assert.equal(database.seen({ what: 'sums' }).length, read);
});

test('who has missed more than the other keeps counts anew', async () => {
  const { pay, shown, time, post } = await watched({ changesKeptMax: 2 });
  const find = post.lose({ verb: 'followed' });
  for (let n = 0; n < 10; n++) {
    await pay(1);
    await time.advance(60);
  }
  find();
  await pay(1);
  await time.advance(3_000);
  assert.deepEqual(shown(), both(16));
});

test('what a node wrote in its last moment is counted when the node is gone', async () => {
  const { one, two, pay, time, post } = await watched();
  const joined = await two.join('board/totals', 'late', ann);
  post.lose({ from: one.id, verb: 'followed' });
  await pay(7);
  await one.crash();
  await time.advance(6_000);
  assert.deepEqual(followed(joined, two.heardBy('late')).view, { tills: 1, total: 12 });
});

test('a write whose outcome nobody knows is counted at every node', async () => {
  const { one, room, shown, time, database } = await watched();
  const answer = database.lose({ node: one.id, what: 'append' }, 1);
  const paying = one.send(room, 'pay', { amount: 4 }, carl);
  await time.advance(3_000);
  answer();
  assert.equal((await paying).ok, true);
  await time.advance(10_000);
  assert.deepEqual(shown(), both(9));
});

test('a write whose answer comes when its room is another node’s by then is counted', async () => {
  const { one, two, room, shown, time, database, overtake } = await watched();
  const answer = database.answers.hold({ node: one.id, what: 'append' }, 1);
  void one.send(room, 'pay', { amount: 4 }, carl);
  await settled();
  await overtake(room, two, one, 'pay', { amount: 10 }, carl);
  // So that it knows, and has given the room up.
  await time.advance(1_200);
  answer();
  await time.advance(500);
  assert.deepEqual(shown(), both(19));
});

test('what comes by itself after all, while it is being asked for, is counted once, and so is what follows', async () => {
  const { pay, shown, time, post } = await watched();
  const late = post.hold({ verb: 'followed' });
  for (const amount of [1, 2]) {
    await pay(amount);
    await time.advance(60);
  }
  const answer = post.hold({ kind: 'answer', verb: 'missed' });
  // Where the other stands is told, and what is missing is asked for; both arrive, the answer last.
  await time.advance(2_000);
  late();
  await settled();
  answer();
  await settled();
  for (const amount of [10, 20, 30]) {
    await pay(amount);
    await time.advance(60);
  }
  await time.advance(3_000);
  assert.deepEqual(shown(), both(68));
});

test('who starts while messages are late counts none of them twice', async () => {
  const { pay, shown, time, post, start, one } = await watched();
  const arrive = post.hold({ verb: 'followed' });
  await pay(1);
  await time.advance(100);
  const three = start(3);
  await time.advance(2_000);
  const joined = await three.join('board/totals', 'w', ann);
  assert.ok(joined.ok);
  await pay(2);
  await time.advance(100);
  arrive();
  await time.advance(2_000);
  assert.deepEqual(followed(joined, three.heardBy('w')).view, { tills: 1, total: 8 });
  assert.deepEqual(shown(), both(8));
  assert.ok(one);
});

test('what is under way while the boards are verified is counted all the same', async () => {
  const { two, pay, shown, time, post } = await watched();
  const arrive = post.hold({ verb: 'followed' });
  await pay(1);
  await time.advance(100);
  const verifying = two.runtime.figures.verify();
  await time.advance(1_000);
  arrive();
  assert.deepEqual((await verifying).length, 1, 'it lags behind in this moment');
  await time.advance(3_000);
  assert.deepEqual(shown(), both(6));
  const again = two.runtime.figures.verify();
  await time.advance(1_000);
  assert.deepEqual(await again, []);
});

test('a room that moves to another node is counted once', async () => {
  const { one, two, room, shown, time, overtake } = await watched();
  await overtake(room, two, one, 'pay', { amount: 10 }, carl);
  await time.advance(300);
  await two.send(room, 'pay', { amount: 1 }, carl);
  await time.advance(3_000);
  assert.deepEqual(shown(), both(16));
});

test('a new day is on the boards though nothing has happened', async () => {
  const day = derivedOf<'staff'>()({
    id: 'board/day',
    summary: 'What day it is.',
    seat: (caller) => (may(caller, 'boards.read') ? 'staff' : null),
    view: { staff: (_, { today }) => ({ today }) },
  });
  // Days of a minute.
  const dayOf = (ms: number) => uncounted.dayOf((Math.floor(ms / 60_000) % 20_000) * 86_400_000);
  const cluster = await startCluster(1, {
    boards: [day],
    counted: { ...counted, dayOf },
    projections: [tills],
  });
  const { time } = cluster;
  const [one] = cluster.nodes;
  await one!.send(cluster.roomAt(one!), 'open', {}, ann);
  const joined = await one!.join('board/day', 'w', ann);
  const shown = () => (followed(joined, one!.heardBy('w')).view as { today: string }).today;
  assert.equal(shown(), dayOf(time.clock.now()));
  const before = shown();
  await time.advance(60_500);
  assert.notEqual(shown(), before);
  assert.equal(shown(), dayOf(time.clock.now()));
});
