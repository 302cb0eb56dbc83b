/** Every node looks for what has fallen due; of one deadline there is one effect, by the room's owner, and on what is true. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ann, carl } from '../support/node.ts';
import { type Till, tillRoom } from '../support/till.ts';
import { begun, idOf, startCluster } from './cluster.ts';

const hourMs = 3_600_000;
/** A till nobody pays into is closed after an hour; one payment, and it may stay open. */
const idleTill = {
  ...tillRoom,
  deadlines: (till: Till) => (till.payments === 0 ? (tillRoom.deadlines?.(till) ?? []) : []),
};

test('of three nodes one fires what is due, and the owner does it once', async () => {
  const { nodes, roomAt, time, database, eventsOf, post } = await startCluster(3);
  const [one, two] = nodes;
  const rooms = nodes.map(roomAt);
  for (const room of rooms) await one.send(room, 'open', {}, ann);
  time.jump(hourMs);
  database.forget();
  await time.advance(3_000);
  for (const room of rooms) assert.deepEqual(eventsOf(room), ['opened 1', 'closed 1']);
  assert.deepEqual(post.seen({ verb: 'fire' }), [], 'each by itself: the rooms are at home');
  assert.deepEqual(
    nodes.map(({ id }) => database.seen({ node: id, what: 'append' }).length),
    [1, 1, 1],
  );
  assert.ok(nodes.every(({ id }) => database.seen({ node: id, what: 'deadlinesDue' }).length === 3));
  assert.deepEqual(await two.send(rooms[0]!, 'pay', { amount: 1 }, carl), {
    ok: false,
    code: 'till/not-now',
    details: { allowed: [], unmet: [{ status: 'closed', needs: ['open'] }] },
    retry: 'no',
  });
});

test('a room that is not at home is fired where it is, once, however often it is passed there', async () => {
  const { nodes, roomWith, start, time, eventsOf, ownerOf, post, database } = await startCluster(2);
  const [one, two] = nodes;
  const room = roomWith((home) => home(1, 2) === two.id && home(1, 2, 3) === idOf(3));
  await one.send(room, 'open', {}, ann);
  start(3);
  await time.advance(1_500);
  // Only the room's home looks, and again while the owner is still at it.
  database.lose({ node: two.id, what: 'deadlinesDue' });
  const answer = database.hold({ node: two.id, what: 'append' });
  time.jump(hourMs);
  await time.advance(1_900);
  answer();
  await time.advance(2_000);
  assert.deepEqual([eventsOf(room), ownerOf(room)], [['opened 1', 'closed 1'], two.id]);
  assert.deepEqual(
    post.seen({ kind: 'ask', verb: 'fire' }).map(({ from, to }) => [from, to]),
    [[idOf(3), two.id]],
  );
});

test('a deadline that two nodes fire at the same time has one effect', async () => {
  const { nodes, roomAt, time, eventsOf, journal } = await startCluster(3);
  const [one, two, three] = nodes;
  const room = roomAt(two);
  await one.send(room, 'open', {}, ann);
  time.jump(hourMs);
  const [deadline] = await journal.deadlinesDue(new Date(time.clock.now()).toISOString(), 1);
  const fire = { verb: 'fire', hop: 2, deadline };
  await Promise.all([two.mesh.ask(three.id, fire), one.mesh.ask(two.id, fire), three.mesh.ask(two.id, fire)]);
  await time.advance(3_000);
  assert.equal(eventsOf(room).filter((event) => event.startsWith('closed')).length, 1);
});

test('a room whose owner died is fired by its next home, once', async () => {
  const { nodes, roomAt, time, eventsOf } = await startCluster(3);
  const [one, two] = nodes;
  const room = roomAt(two);
  await one.send(room, 'open', {}, ann);
  await two.crash();
  time.jump(hourMs);
  await time.advance(10_000);
  assert.deepEqual(eventsOf(room), ['opened 1', 'closed 2']);
});

test('what is not due yet is not fired, and what was cleared never', async () => {
  const { nodes, roomAt, time, eventsOf } = await startCluster(3);
  const [one] = nodes;
  const [open, closed] = [roomAt(one), roomAt(one)];
  for (const room of [open, closed]) await one.send(room, 'open', {}, ann);
  await one.send(closed, 'close', {}, ann);
  time.jump(hourMs - 5_000);
  await time.advance(3_000);
  assert.deepEqual(eventsOf(open), ['opened 1']);
  await time.advance(3_000);
  assert.deepEqual(
    [eventsOf(open), eventsOf(closed)],
    [
      ['opened 1', 'closed 1'],
      ['opened 1', 'closed 1'],
    ],
  );
});

test('a deadline that somebody overtakes at the last moment has no effect', async () => {
  const { nodes, roomAt, time, database, eventsOf, journal } = await startCluster(3, { register: { till: idleTill } });
  const [one, two] = nodes;
  const room = roomAt(two);
  await one.send(room, 'open', {}, ann);
  const answer = database.hold({ node: two.id, what: 'append' });
  const paying = await begun(one.send(room, 'pay', { amount: 1 }, carl));
  time.jump(hourMs);
  await time.advance(1_000);
  assert.deepEqual([paying.answer], [null], 'decided, and on its way to the journal');
  answer();
  await time.advance(5_000);
  assert.deepEqual([paying.answer?.ok, eventsOf(room)], [true, ['opened 1', 'paid 1', 'counted 1']]);
  assert.deepEqual(await journal.deadlinesDue('9999', 10), []);
});

test('nor has one that was overtaken at another node, of which the owner of before has not heard', async () => {
  const { nodes, roomAt, time, eventsOf, overtake } = await startCluster(3, { register: { till: idleTill } });
  const [one, two, three] = nodes;
  const room = roomAt(two);
  await one.send(room, 'open', {}, ann);
  time.jump(hourMs);
  await overtake(room, three, one, 'pay', { amount: 1 }, carl);
  assert.equal(two.runtime.roomsInMemory, 1);
  await time.advance(5_000);
  assert.deepEqual(eventsOf(room), ['opened 1', 'paid 2', 'counted 2']);
});

test('a deadline that could not be fired is there when the database is back', async () => {
  const { nodes, roomAt, time, database, eventsOf } = await startCluster(3);
  const [one, two] = nodes;
  const room = roomAt(two);
  await one.send(room, 'open', {}, ann);
  const comeBack = database.lose({ what: 'append' });
  time.jump(hourMs);
  await time.advance(5_000);
  assert.deepEqual(eventsOf(room), ['opened 1']);
  comeBack();
  await time.advance(35_000);
  assert.deepEqual(
    eventsOf(room).map((event) => event.split(' ')[0]),
    ['opened', 'closed'],
  );
});
