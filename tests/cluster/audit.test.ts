/** A node that has lost a room and has nothing to write there learns of it all the same, and its watchers see what is true. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Limits } from '../../src/limits.ts';
import { ann, carl, newNode } from '../support/node.ts';
import { startCluster } from './cluster.ts';
import { brief } from './told.ts';

const unknownTaker = /a node unknown to this cluster has taken a room/;

const watched = async (limits: Partial<Limits> = {}) => {
  const cluster = await startCluster(3, { limits });
  const [one, two, three] = cluster.nodes;
  const room = cluster.roomAt(one);
  await one.send(room, 'open', {}, ann);
  await one.join(room, 'c', carl);
  await three.join(room, 'd', carl);
  return { ...cluster, one, two, three, room };
};

test('an owner that was overtaken lets go within a second, and its watchers see the new truth', async () => {
  const { one, two, three, room, overtake, time, post, ownerOf } = await watched();
  // Only the journal knows better.
  post.lose({ verb: 'beacon' });
  await overtake(room, two, three, 'pay', { amount: 5 }, carl);
  await time.advance(1_000);
  assert.deepEqual([one.counted('audited'), one.runtime.roomsInMemory, ownerOf(room)], [1, 0, two.id]);
  assert.deepEqual(
    [one.heardBy('c').map(brief), three.heardBy('d').map(brief)],
    [['fresh payer 2:3'], ['fresh payer 2:3']],
  );
  await two.send(room, 'pay', { amount: 1 }, carl);
  await time.advance(0);
  assert.deepEqual([one.heardBy('c').map(brief)[1], three.heardBy('d').map(brief)[1]], ['payer 2:3-5', 'payer 2:3-5']);
  assert.doesNotMatch(one.logged.join('\n'), unknownTaker);
});

test('an owner that nobody overtook keeps its rooms', async () => {
  const { one, three, time } = await watched();
  await time.advance(10_000);
  assert.deepEqual([one.counted('audited'), one.runtime.roomsInMemory, three.heardBy('d')], [0, 1, []]);
});

test('a server that shares the database and is no member is named in the log, and its writes are seen', async () => {
  const { one, room, time, database } = await watched();
  const stranger = newNode({ store: database.journal, nodeId: 'stranger.a', time });
  assert.deepEqual(await stranger.send(room, 'pay', { amount: 5 }, carl), { ok: true, epoch: 2, seq: 3 });
  await time.advance(1_000);
  assert.match(one.logged.join('\n'), unknownTaker);
  const told = one.heardBy('c');
  assert.deepEqual(
    told.map((message) => 'view' in message && message.view),
    [{ status: 'open', total: 5 }],
  );
});

test('a node with more rooms than it asks about at once takes a few seconds for all', async () => {
  const { one, two, three, roomAt, overtake, time, database } = await watched({ auditRoomsMax: 2 });
  const rooms = Array.from({ length: 6 }, () => roomAt(one));
  for (const room of rooms) await one.send(room, 'open', {}, ann);
  await overtake(rooms.at(-1)!, two, three, 'pay', { amount: 1 }, carl);
  database.forget();
  await time.advance(4_000);
  assert.equal(database.seen({ node: one.id, what: 'ownersOf' }).length, 4);
  assert.deepEqual([one.counted('audited'), one.runtime.roomsInMemory], [1, 6]);
});

test('an answer that comes late does not cost the room that was taken again meanwhile', async () => {
  const { one, two, three, room, overtake, time, database } = await watched();
  const answer = database.hold({ node: one.id, what: 'ownersOf' }, 1);
  await time.advance(1_000);
  await overtake(room, two, three, 'pay', { amount: 1 }, carl);
  await one.send(room, 'pay', { amount: 1 }, carl);
  assert.equal(one.runtime.roomsInMemory, 0);
  await time.advance(2_500);
  await overtake(room, one, three, 'pay', { amount: 1 }, carl);
  answer();
  await time.advance(100);
  assert.deepEqual([one.counted('audited'), one.runtime.roomsInMemory], [1, 1]);
  assert.deepEqual(await one.send(room, 'pay', { amount: 1 }, carl), { ok: true, epoch: 3, seq: 9 });
});

test('while the journal cannot be asked nothing is let go', async () => {
  const { one, three, time, database } = await watched();
  const comeBack = database.lose({ what: 'ownersOf' });
  await time.advance(3_000);
  comeBack();
  await time.advance(3_000);
  assert.deepEqual([one.counted('audited'), one.runtime.roomsInMemory, three.heardBy('d')], [0, 1, []]);
});
