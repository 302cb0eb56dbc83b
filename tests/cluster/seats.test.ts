/** Watchers of another node’s room whose seat changes: from that moment on nobody is told anything of a seat they do not hold. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Caller } from '../../rooms/kit.ts';
import { entitled } from '../../rooms/permissions.ts';
import type { RoomPatch } from '../../rooms/protocol.ts';
import { settled } from '../support/fake-clock.ts';
import { ann, bob, carl } from '../support/node.ts';
import { begun, startCluster } from './cluster.ts';
import { brief, taken, totals } from './told.ts';

/** Whoever does not own the till may pay into it. */
const annToo: Caller = entitled({ ...ann, roles: ['agent', 'customer'] });
const bobToo: Caller = entitled({ ...bob, roles: ['agent', 'customer'] });

/** The first node owns the room; its owner, the next one, and a payer look in from the second. */
const watched = async () => {
  const cluster = await startCluster(3);
  const [one, two, three] = cluster.nodes;
  const room = cluster.roomAt(one);
  await one.send(room, 'open', {}, annToo);
  for (const [id, by] of [
    ['a', annToo],
    ['b', bobToo],
    ['c', carl],
  ] as const)
    await two.join(room, id, by);
  await cluster.time.advance(130);
  const ask = async (name: string, input: unknown, by: Caller) => {
    const ack = await one.send(room, name, input, by);
    await settled();
    return ack;
  };
  const heard = (id: string) => taken(two.heardBy(id));
  const change = { verb: 'change', to: two.id } as const;
  return { ...cluster, one, two, three, room, ask, heard, change };
};
/** Only the owner’s view and steps hold the secret. */
const areFree = (messages: readonly RoomPatch[]) =>
  assert.ok(messages.length > 0 && messages.every((message) => message.seat === 'payer'), JSON.stringify(messages));

describe('an event that moves watchers to other seats', () => {
  test('is all they hear of: a fresh start in the new seat, and nothing of the old one after it', async () => {
    const { ask, heard } = await watched();
    await ask('pay', { amount: 1 }, carl);
    await ask('hand', { to: 'bob' }, annToo);
    await ask('pay', { amount: 2 }, carl);
    assert.deepEqual(heard('a').map(brief), ['owner 1:1-3', 'fresh payer 1:4', 'payer 1:3-6']);
    assert.deepEqual(heard('b').map(brief), ['payer 1:1-3', 'fresh owner 1:4', 'owner 1:4-6']);
    assert.deepEqual(heard('c').map(brief), ['payer 1:1-3', 'payer 1:3-6']);
    for (const id of ['a', 'b', 'c']) assert.deepEqual(totals(heard(id)).at(-1), 3);
  });

  test('and is lost moves them when the next comes', async () => {
    const { ask, heard, post, change, time } = await watched();
    post.lose(change, 1);
    await ask('hand', { to: 'bob' }, annToo);
    await ask('pay', { amount: 2 }, carl);
    await time.advance(1_000);
    areFree(heard('a'));
    assert.deepEqual(totals(heard('a')), [2]);
    const [fresh] = heard('b');
    assert.deepEqual([brief(fresh!), heard('b').length], ['fresh owner 1:4', 1]);
    assert.deepEqual(totals(heard('c')).at(-1), 2);
  });

  test('and is lost, and nothing comes after it, moves them within a second', async () => {
    const { ask, heard, post, change, time } = await watched();
    post.lose(change);
    await ask('hand', { to: 'bob' }, annToo);
    await time.advance(1_000);
    assert.deepEqual([heard('a').map(brief), heard('b').map(brief)], [['fresh payer 1:2'], ['fresh owner 1:2']]);
  });

  test('and is lost, and another moves others: nobody is forgotten', async () => {
    const { ask, heard, post, change } = await watched();
    post.lose(change, 1);
    await ask('hand', { to: 'bob' }, annToo);
    await ask('hand', { to: 'carl' }, bobToo);
    await ask('pay', { amount: 2 }, carl);
    areFree(heard('a'));
    areFree(heard('b'));
    assert.deepEqual([brief(heard('c')[0]!), totals(heard('c')).at(-1)], ['fresh owner 1:3', 2]);
  });

  test('and overtakes the one before it: that is told to those who still sit where they sat', async () => {
    const { two, ask, heard, post, change, time } = await watched();
    const arrive = post.hold(change, 1);
    await ask('pay', { amount: 1 }, carl);
    await ask('hand', { to: 'bob' }, annToo);
    arrive();
    await time.advance(1_000);
    await ask('pay', { amount: 2 }, carl);
    areFree(heard('a'));
    assert.deepEqual(totals(heard('a')), [1, 3]);
    const toNewcomers = ['a', 'b'].flatMap((id) => two.heardBy(id));
    assert.ok(
      toNewcomers.every((message) => message.seat !== null && message.seq >= 4),
      'and not to those who sit there only now',
    );
    assert.deepEqual(heard('b').map(brief), ['fresh owner 1:4', 'owner 1:4-6']);
    assert.deepEqual(heard('c').map(brief), ['payer 1:1-3', 'payer 1:3-6']);
  });

  test('again and again, with every other message lost, leaves each with the view of the seat they hold', async () => {
    const { ask, heard, post, change, time } = await watched();
    const people = [annToo, bobToo];
    for (let n = 0; n < 10; n++) {
      const find = n % 2 ? post.lose(change) : () => {};
      const owner = people[n % 2]!;
      await ask('hand', { to: people[(n + 1) % 2]!.accountId }, owner);
      await ask('pay', { amount: 1 }, carl);
      find();
      if (n % 3 === 0) await time.advance(300);
    }
    await time.advance(2_000);
    const last = (id: string) => heard(id).findLast((message) => 'view' in message)!;
    assert.deepEqual([last('a').seat, last('b').seat], ['owner', 'payer']);
    for (const id of ['a', 'b', 'c']) assert.equal(totals(heard(id)).at(-1), 10);
  });

  test('out of the room says so, and nothing more', async () => {
    const { one, two, room, ask } = await watched();
    await two.join(room, 'x', ann);
    await one.send(room, 'hand', { to: 'bob' }, ann);
    await ask('pay', { amount: 1 }, carl);
    assert.deepEqual(two.heardBy('x'), [{ room, seat: null }]);
    assert.deepEqual((await two.join(room, 'x', ann)).ok, false);
  });
});

describe('a caller whose rights are taken away', () => {
  const nothing: Caller = entitled({ ...carl, roles: [] });

  test('is sent out, and hears nothing from that moment on', async () => {
    const { two, ask, heard, room } = await watched();
    await ask('pay', { amount: 1 }, carl);
    two.rooms.recall({ id: 'c', by: nothing });
    await ask('pay', { amount: 1 }, bobToo);
    await settled();
    assert.deepEqual(heard('c').map(brief), ['payer 1:1-3', 'out']);
    assert.deepEqual(await two.rooms.look(room, 'c'), {
      ok: false,
      code: 'moved',
      retry: 'same-id',
      retryAfterMs: 250,
    });
    assert.deepEqual(heard('b').map(brief), ['payer 1:1-3', 'payer 1:3-5'], 'the others go on');
  });

  test('hears nothing, either, while the owner cannot be asked', async () => {
    const { one, two, ask, heard, room, post, time } = await watched();
    const end = post.silence(one);
    two.rooms.recall({ id: 'c', by: nothing });
    for (const ms of [0, 100, 200]) {
      await time.advance(ms);
      await ask('pay', { amount: 1 }, bobToo);
      assert.deepEqual([heard('c'), heard('b').length > 0], [[], true], 'news still passes');
      assert.equal((await two.rooms.look(room, 'c')).ok, false);
    }
    end();
    await time.advance(1_000);
    assert.deepEqual(heard('c').map(brief), ['out']);
    assert.deepEqual(totals(heard('b')), [1, 2, 3]);
  });

  test('is not shown what was asked for before', async () => {
    const { two, room, post, time } = await watched();
    const arrive = post.hold({ kind: 'answer', verb: 'look' });
    const looking = await begun(two.rooms.look(room, 'c'));
    two.rooms.recall({ id: 'c', by: nothing });
    arrive();
    await time.advance(0);
    assert.equal(looking.answer?.ok, false);
  });

  test('while taking a seat does not get it', async () => {
    const { two, room, post, time, ask } = await watched();
    const arrive = post.hold({ kind: 'answer', verb: 'sit' });
    const joining = await begun(two.join(room, 'late', carl));
    two.rooms.recall({ id: 'late', by: nothing });
    arrive();
    await time.advance(1_000);
    await ask('pay', { amount: 1 }, carl);
    assert.ok(joining.answer && !joining.answer.ok && joining.answer.retry === 'same-id', 'asked for other rights');
    assert.deepEqual(await two.join(room, 'late', nothing), { ok: false, code: 'not-found', retry: 'no' });
    assert.deepEqual(
      two.heardBy('late').filter(({ seat }) => seat !== null),
      [],
    );
  });

  test('sends no signals any more, though the owner still takes them for who they were', async () => {
    const { two, room, post, time } = await watched();
    await two.join(room, 'x', ann);
    post.hold({ kind: 'ask', verb: 'sit' });
    two.rooms.recall({ id: 'x', by: entitled({ ...bob, roles: [] }) });
    two.rooms.signal(room, 'x', 'typing', { field: 'amount' });
    await time.advance(100);
    assert.deepEqual(two.signalsTo('c'), []);
  });
});

test('a caller with new rights is shown what the new seat sees', async () => {
  const { one, two, room, ask, time } = await watched();
  await two.join(room, 'x', carl);
  two.rooms.recall({ id: 'x', by: annToo });
  await time.advance(0);
  await ask('pay', { amount: 1 }, carl);
  assert.deepEqual(two.heardBy('x').map(brief), ['fresh owner 1:1', 'owner 1:1-3']);
  assert.equal(one.runtime.roomsInMemory, 1);
});
