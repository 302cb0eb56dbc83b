/** A no is told only by whoever owns the room: an owner that was overtaken decides on what was, and may not say it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { ann, bob, carl, newNode } from '../support/node.ts';
import { begun, startCluster } from './cluster.ts';

const tooMuch = { amount: 5_000 };

/** The first node believes to own the room, in which the second has gone on. */
const overtaken = async () => {
  const cluster = await startCluster(3);
  const [one, two, three] = cluster.nodes;
  const room = cluster.roomAt(one);
  await one.send(room, 'open', {}, ann);
  await cluster.overtake(room, two, three, 'pay', { amount: 7 }, carl);
  await cluster.overtake(room, two, three, 'hand', { to: 'bob' }, ann);
  assert.deepEqual([one.runtime.roomsInMemory, cluster.ownerOf(room)], [1, two.id]);
  return { ...cluster, one, two, three, room };
};

test('what an overtaken owner would refuse is done by the true one', async () => {
  const { one, room, eventsOf } = await overtaken();
  assert.deepEqual(await one.send(room, 'close', {}, bob), { ok: true, epoch: 2, seq: 5 });
  assert.equal(eventsOf(room).at(-1), 'closed 2');
});

test('or refused by the true one, with true reasons', async () => {
  const { one, room } = await overtaken();
  assert.deepEqual(await one.send(room, 'pay', tooMuch, carl), {
    ok: false,
    code: 'till/too-much',
    details: { total: 7 },
    retry: 'no',
  });
});

test('what an overtaken owner would do is fenced, and refused by the true one', async () => {
  const { one, room } = await overtaken();
  assert.deepEqual(await one.send(room, 'close', {}, ann), { ok: false, code: 'not-found', retry: 'no' });
});

test('so it is for a caller at another node that still asks the owner of before', async () => {
  const { one, three, room, post } = await overtaken();
  await three.hints.note([{ room, epoch: 1 }]);
  post.forget();
  assert.equal((await three.send(room, 'close', {}, bob)).ok, true);
  assert.ok(post.seen({ kind: 'ask', verb: 'send' }).length >= 1);
  assert.ok(one.runtime.roomsInMemory <= 1);
});

test('a room that another node has opened meanwhile is not said to be missing', async () => {
  const { one, two, three, roomAt, overtake, database, insist, time } = await overtaken();
  const room = roomAt(one);
  const answer = database.hold({ node: one.id, what: 'ownersOf', room });
  const paying = await begun(insist(one, room, 'pay', { amount: 1 }, carl));
  await overtake(room, two, three, 'open', {});
  answer();
  await time.advance(1_000);
  assert.deepEqual(paying.answer?.ack, { ok: true, epoch: 1, seq: 3 });
});

test('a room that nobody has opened is missing, whoever asks', async () => {
  const { nodes, roomAt, journal } = await overtaken();
  const room = roomAt(nodes[0]);
  for (const node of nodes)
    assert.deepEqual(await node.send(room, 'pay', { amount: 1 }, carl), { ok: false, code: 'not-found', retry: 'no' });
  assert.deepEqual([journal.heads.has(room), nodes[1].runtime.roomsInMemory], [false, 1]);
});

test('while the journal cannot be asked nobody is told no, and the same may be asked again', async () => {
  const { one, room, database } = await overtaken();
  const comeBack = database.lose({ node: one.id, what: 'ownersOf' });
  const closing = ['close', {}, bob, '0193c000-0000-7000-8000-000000000001'] as const;
  const refused = await one.send(room, ...closing);
  assert.ok(!refused.ok && refused.retry === 'same-id', JSON.stringify(refused));
  comeBack();
  assert.deepEqual(await one.send(room, ...closing), { ok: true, epoch: 2, seq: 5 });
});

test('many refusals of one moment are one question', async () => {
  const { two, room, database } = await overtaken();
  database.forget();
  const acks = await Promise.all(Array.from({ length: 20 }, () => two.send(room, 'pay', tooMuch, carl)));
  assert.ok(acks.every((ack) => !ack.ok && ack.code === 'till/too-much'));
  assert.equal(database.seen({ node: two.id }).length, 1);
});

test('a node that is alone by design asks nothing', async () => {
  const memory = createMemoryStore({ rememberMax: 256 });
  let questions = 0;
  const ownersOf = (rooms: readonly string[]) => (questions++, memory.ownersOf(rooms));
  const node = newNode({ store: { ...memory, ownersOf } });
  await node.send('till/1', 'open', {}, ann);
  assert.equal((await node.send('till/1', 'pay', tooMuch, carl)).ok, false);
  assert.equal((await node.send('till/2', 'pay', tooMuch, carl)).ok, false);
  assert.equal(questions, 0);
});
