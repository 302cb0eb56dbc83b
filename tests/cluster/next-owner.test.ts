/** The owner of a room dies: its watchers, wherever they are, are seated anew at the next one and shown what is true there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MemoryClusterOptions } from '../../src/cluster/memory-cluster.ts';
import type { Caller } from '../../rooms/kit.ts';
import { entitled } from '../../rooms/permissions.ts';
import { settled } from '../support/fake-clock.ts';
import { ann, carl } from '../support/node.ts';
import { begun, startCluster } from './cluster.ts';
import { brief, totals } from './told.ts';

/** The first node owns the room, the second is its next home; somebody watches from the second and from the third. */
const watched = async (reset?: MemoryClusterOptions['reset']) => {
  const cluster = await startCluster(3, reset && { reset });
  const [one, two, three] = cluster.nodes;
  const room = cluster.roomWith((home) => home(1, 2, 3) === one.id && home(2, 3) === two.id);
  await one.send(room, 'open', {}, ann);
  await two.join(room, 'c', carl);
  await three.join(room, 'd', carl);
  await three.join(room, 'a', ann);
  const pay = async (by: Caller = carl) => {
    const ack = await three.send(room, 'pay', { amount: 1 }, by);
    await settled();
    return ack;
  };
  await pay();
  const heard = () => [two.heardBy('c'), three.heardBy('d'), three.heardBy('a')];
  return { ...cluster, one, two, three, room, pay, heard };
};
const seats = ['payer', 'payer', 'owner'];

test('watchers at every node get a fresh view of the next owner, and then its changes', async () => {
  const { one, two, ownerOf, room, pay, heard, time } = await watched();
  await one.crash();
  await time.advance(300);
  assert.equal(ownerOf(room), two.id);
  assert.equal((await pay()).ok, true);
  assert.deepEqual(
    heard().map((messages) => messages.map(brief)),
    seats.map((seat) => [`${seat} 1:1-3`, `fresh ${seat} 2:3`, `${seat} 2:3-5`]),
  );
  await time.advance(10_000);
  assert.deepEqual(
    heard().map((messages) => messages.length),
    [3, 3, 3],
  );
});

test('what was acknowledged and not yet told is in the fresh view', async () => {
  const { one, pay, heard, time, post } = await watched();
  post.lose({ verb: 'change', from: one.id });
  assert.equal((await pay()).ok, true);
  await one.crash();
  await time.advance(300);
  assert.deepEqual(
    heard().map((messages) => totals(messages).at(-1)),
    [2, 2, 2],
  );
});

test('an owner whose death nobody reports is missed by its silence', async () => {
  const { one, heard, time } = await watched(() => null);
  await one.crash();
  await time.advance(1_500);
  assert.deepEqual(
    heard().map((messages) => messages.length),
    [1, 1, 1],
  );
  await time.advance(2_000);
  assert.deepEqual(
    heard().map((messages) => messages.map(brief).slice(1)),
    seats.map((seat) => [`fresh ${seat} 2:3`]),
  );
});

test('an owner that was only frozen tells nobody elsewhere anything, and its own watchers see the new truth within a second', async () => {
  const { one, room, heard, pay, time, ownerOf } = await watched();
  const near = await one.join(room, 'n', carl);
  assert.ok(near.ok);
  one.freeze();
  await time.advance(3_000);
  assert.equal((await pay()).ok, true);
  const before = heard().map((messages) => messages.length);
  one.thaw();
  await time.advance(1_000);
  assert.deepEqual(
    heard().map((messages) => messages.length),
    before,
  );
  assert.notEqual(ownerOf(room), one.id);
  assert.equal(one.heardBy('n').map(brief).at(-1), 'fresh payer 2:5');
});

test('while the database is away, too, watchers are told nothing, and are seated when it is back', async () => {
  const { one, two, room, heard, database, time, pay } = await watched();
  const comeBack = database.lose({});
  await one.crash();
  await time.advance(5_000);
  assert.deepEqual(
    heard().map((messages) => messages.length),
    [1, 1, 1],
  );
  assert.equal((await two.rooms.look(room, 'c')).ok, false);
  comeBack();
  await time.advance(2_100);
  assert.deepEqual(
    heard().map((messages) => messages.map(brief).slice(1)),
    seats.map((seat) => [`fresh ${seat} 2:3`]),
  );
  await pay();
  assert.deepEqual(
    heard().map((messages) => totals(messages).at(-1)),
    [2, 2, 2],
  );
});

test('a join under way when the owner dies may be asked again, and is then seated at the next', async () => {
  const { one, two, room, post, time, pay } = await watched();
  post.hold({ kind: 'answer', verb: 'sit' }, 1);
  const joining = await begun(two.join(room, 'late', carl));
  await one.crash();
  await time.advance(1_000);
  assert.ok(joining.answer);
  if (!joining.answer.ok) assert.equal(joining.answer.retry, 'same-id');
  if (!joining.answer.ok) assert.ok((await two.join(room, 'late', carl)).ok);
  await pay();
  assert.deepEqual(totals(two.heardBy('late')).at(-1), 2);
});

test('who left, or whose rights were taken away meanwhile, is not seated at the next owner', async () => {
  const { one, two, three, room, time, pay } = await watched();
  await one.crash();
  two.rooms.leave(room, 'c');
  three.rooms.recall({ id: 'd', by: entitled({ ...carl, roles: [] }) });
  await time.advance(1_000);
  await pay();
  assert.deepEqual(two.heardBy('c').map(brief), ['payer 1:1-3']);
  assert.deepEqual(three.heardBy('d').map(brief), ['payer 1:1-3', 'out']);
  assert.deepEqual(three.heardBy('a').map(brief).slice(1), ['fresh owner 2:3', 'owner 2:3-5']);
});
