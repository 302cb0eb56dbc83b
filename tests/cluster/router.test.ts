/** Whatever is asked of a room, at whichever node, is done by the one node that owns it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settled } from '../support/fake-clock.ts';
import { ann, carl } from '../support/node.ts';
import { begun, type Cluster, idOf, startCluster } from './cluster.ts';

const commandId = '0193c000-0000-7000-8000-000000000001';
const tooMuch = { amount: 5_000 };

/** Three nodes, and a room that is open on the second. */
const opened = async () => {
  const cluster = await startCluster(3);
  const [one, two, three] = cluster.nodes;
  const room = cluster.roomAt(two);
  assert.equal((await two.send(room, 'open', {}, ann)).ok, true);
  return { ...cluster, one, two, three, room };
};

test('a command sent at any node is done by the owner', async () => {
  const { nodes, room, ownerOf, eventsOf, two } = await opened();
  for (const node of nodes) assert.deepEqual((await node.send(room, 'pay', { amount: 1 }, carl)).ok, true);
  assert.equal(ownerOf(room), two.id);
  assert.deepEqual(eventsOf(room), ['opened 1', ...nodes.flatMap(() => ['paid 1', 'counted 1'])]);
  assert.deepEqual(
    nodes.map(({ runtime }) => runtime.roomsInMemory),
    [0, 1, 0],
  );
});

test('so is a refusal, with the owner’s reasons', async () => {
  const { one, room } = await opened();
  await one.send(room, 'pay', { amount: 5 }, carl);
  assert.deepEqual(await one.send(room, 'pay', tooMuch, carl), {
    ok: false,
    code: 'till/too-much',
    details: { total: 5 },
    retry: 'no',
  });
});

test('the owner asks nobody about its own room', async () => {
  const { two, room, boardAsked, post, database } = await opened();
  boardAsked.length = 0;
  post.forget();
  database.forget();
  await two.send(room, 'pay', { amount: 1 }, carl);
  assert.deepEqual([boardAsked, post.seen({}), database.seen({}).map(({ what }) => what)], [[], [], ['append']]);
});

test('a room found once is asked for there, without the board or the journal', async () => {
  const { one, two, room, boardAsked, post, database } = await opened();
  await one.send(room, 'pay', { amount: 1 }, carl);
  assert.deepEqual(boardAsked, [
    { node: two.id, room },
    { node: one.id, room },
  ]);
  post.forget();
  one.loseBoard();
  await one.send(room, 'pay', { amount: 1 }, carl);
  assert.equal(boardAsked.length, 2);
  assert.deepEqual(database.seen({ node: one.id, room }), []);
  assert.deepEqual(
    post.seen({ kind: 'ask' }).map(({ from, to }) => [from, to]),
    [[one.id, two.id]],
  );
});

describe('an owner that has moved', () => {
  const sends = ({ post }: Cluster) => post.seen({ kind: 'ask', verb: 'send' }).map(({ from, to }) => [from, to]);

  test('is followed once, and the caller does not notice', async () => {
    const cluster = await opened();
    const { one, two, three, room, overtake, post, ownerOf } = cluster;
    await one.send(room, 'pay', { amount: 1 }, carl);
    await overtake(room, three, one, 'pay', { amount: 1 }, carl);
    assert.equal(ownerOf(room), three.id);
    post.forget();
    assert.deepEqual(await one.send(room, 'pay', { amount: 1 }, carl), { ok: true, epoch: 2, seq: 7 });
    assert.deepEqual(sends(cluster), [
      [one.id, two.id],
      [one.id, three.id],
    ]);
    assert.equal(one.counted('moved'), 1);
    post.forget();
    await one.send(room, 'pay', { amount: 1 }, carl);
    assert.deepEqual(sends(cluster), [[one.id, three.id]], 'and remembered');
  });

  test('twice is followed once: the caller is asked to come back, hears of no node, and next time it is done', async () => {
    const cluster = await startCluster(2, { limits: { handOverSettleMs: 5_000 } });
    const { nodes, start, time, post, roomWith, ownerOf } = cluster;
    const [one, two] = nodes;
    const room = roomWith((home) => home(1, 2) === two.id && home(1, 2, 3, 4) === idOf(3) && home(1, 2, 4) === idOf(4));
    await one.send(room, 'open', {}, ann);
    const [three] = [start(3), start(4)];
    await time.advance(7_000);
    await three.send(room, 'pay', { amount: 1 }, carl);
    assert.equal(ownerOf(room), three.id);
    void three.runtime.stop();
    await settled();
    post.forget();
    const paying = [room, 'pay', { amount: 1 }, carl, commandId] as const;
    assert.deepEqual(await one.send(...paying), { ok: false, code: 'moved', retry: 'same-id', retryAfterMs: 250 });
    assert.deepEqual(sends(cluster), [
      [one.id, two.id],
      [one.id, three.id],
    ]);
    // By then the next home knows that it is.
    await time.advance(1_000);
    post.forget();
    assert.deepEqual(await one.send(...paying), { ok: true, epoch: 3, seq: 5 });
    assert.deepEqual(sends(cluster), [[one.id, idOf(4)]]);
  });
});

describe('a node that is silent', () => {
  /** The owner is frozen; the room's next home is the third node. */
  const frozen = async () => {
    const cluster = await startCluster(3);
    const [one, two, three] = cluster.nodes;
    const room = cluster.roomWith((home) => home(1, 2, 3) === two.id && home(1, 3) === three.id);
    await one.send(room, 'open', {}, ann);
    two.freeze();
    return { ...cluster, one, two, three, room };
  };

  test('and answers no ping is passed over, and the command is done by another, once', async () => {
    const { one, two, three, room, time, ownerOf, eventsOf } = await frozen();
    const paying = await begun(one.send(room, 'pay', { amount: 1 }, carl, commandId));
    await time.advance(599);
    assert.equal(paying.answer, null, 'a while to answer, and a while to answer the ping');
    await time.advance(1);
    assert.deepEqual(paying.answer, { ok: true, epoch: 2, seq: 3 });
    assert.deepEqual([ownerOf(room), one.counted('suspected')], [three.id, 1]);
    two.thaw();
    await time.advance(5_000);
    assert.deepEqual(eventsOf(room), ['opened 1', 'paid 2', 'counted 2']);
    assert.deepEqual(await two.send(room, 'pay', { amount: 1 }, carl, commandId), {
      ok: true,
      epoch: 2,
      seq: 3,
      repeated: true,
    });
  });

  test('is passed over at once by those who know, until it is heard again', async () => {
    const { one, two, three, room, time, roomWith, ownerOf } = await frozen();
    const paying = await begun(one.send(room, 'pay', { amount: 1 }, carl));
    await time.advance(600);
    assert.equal(paying.answer?.ok, true);
    const fits = (home: (...ns: number[]) => string | null) => home(1, 2, 3) === two.id && home(1, 3) === three.id;
    const [another, third] = [roomWith(fits), roomWith(fits)];
    assert.equal((await one.send(another, 'open', {}, ann)).ok, true);
    assert.equal(ownerOf(another), three.id);
    two.thaw();
    await time.advance(600);
    assert.equal((await one.send(third, 'open', {}, ann)).ok, true);
    assert.equal(ownerOf(third), two.id);
  });

  test('may still be opening the room: nobody is told that there is none', async () => {
    const { one, two, three, time, roomWith } = await frozen();
    const room = roomWith((home) => home(1, 2, 3) === two.id && home(1, 3) === three.id);
    const paying = await begun(one.send(room, 'pay', { amount: 1 }, carl));
    await time.advance(600);
    assert.deepEqual(paying.answer, { ok: false, code: 'unknown', retry: 'same-id', retryAfterMs: 250 });
  });

  test('only because its database is slow is waited for', async () => {
    const { one, two, room, time, post, database, ownerOf } = await opened();
    const answer = database.hold({ node: two.id, what: 'append' });
    const paying = await begun(one.send(room, 'pay', { amount: 1 }, carl));
    await time.advance(1_900);
    assert.equal(paying.answer, null);
    answer();
    await settled();
    assert.deepEqual(paying.answer, { ok: true, epoch: 1, seq: 3 });
    assert.deepEqual([ownerOf(room), one.counted('suspected')], [two.id, 0]);
    assert.equal(post.seen({ from: one.id, kind: 'ask', verb: 'send' }).length, 1, 'and not asked again');
    assert.ok(post.seen({ from: one.id, kind: 'ask', verb: 'ping' }).length >= 3);
  });

  test('on this one question is asked again when its time is up, and does it once', async () => {
    const { one, two, room, time, post, eventsOf } = await opened();
    const stop = post.lose({ from: two.id, kind: 'answer', verb: 'send' });
    const paying = await begun(one.send(room, 'pay', { amount: 1 }, carl));
    await settled();
    stop();
    await time.advance(4_900);
    assert.equal(paying.answer, null);
    await time.advance(400);
    assert.deepEqual(paying.answer, { ok: true, epoch: 1, seq: 3, repeated: true });
    assert.deepEqual(eventsOf(room), ['opened 1', 'paid 1', 'counted 1']);
  });
});

test('no caller ever hears of a node, whatever becomes of the nodes', async () => {
  const { nodes, room, one, two, three, time, journal } = await opened();
  const watching = nodes.map((node, n) => node.join(room, `w${n}`, carl));
  assert.ok((await Promise.all(watching)).every(({ ok }) => ok));
  const answers: unknown[] = [];
  let late = 0;
  const ask = async () => {
    const asking = nodes.flatMap((node) => [
      node.send(room, 'pay', { amount: 1 }, carl),
      node.send(room, 'pay', tooMuch, carl),
      node.send('till/nobody', 'pay', { amount: 1 }, carl),
      node.rooms.read(room, carl),
      node.join(room, `late ${++late}`, ann),
    ]);
    void Promise.all(asking).then((said) => answers.push(...said));
    await time.advance(900);
  };
  await ask();
  two.freeze();
  await ask();
  two.thaw();
  await ask();
  void three.runtime.stop();
  await ask();
  await two.crash();
  await ask();
  await time.advance(10_000);
  const told = nodes.flatMap((node) => [0, 1, 2].flatMap((n) => node.heardBy(`w${n}`)));
  assert.ok(answers.length >= 45 && told.length >= 6, `${answers.length} answers, ${told.length} messages`);
  assert.doesNotMatch(JSON.stringify([answers, told]), /node-\d/);
  assert.match(JSON.stringify([...journal.heads]), /node-1/, 'as they are called');
  assert.equal((await one.send(room, 'pay', { amount: 1 }, carl)).ok, true);
});
