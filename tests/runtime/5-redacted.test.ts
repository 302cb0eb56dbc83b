/** Promises 3 and 5: each watcher gets its own seat's view, in order, and nothing else — also while seats change. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Caller } from '../../rooms/kit.ts';
import { entitled } from '../../rooms/permissions.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { ann, bob, carl, eve, newNode } from '../support/node.ts';
import { type Till, tillRoom } from '../support/till.ts';

const watched = async () => {
  const node = newNode({ store: createMemoryStore({ rememberMax: 256 }) });
  await node.send('till/1', 'open', {}, ann);
  const join = async (id: string, by: Caller, since?: { epoch: number; seq: number; seat: string }) => {
    const seated = await node.rooms.sit('till/1', { id, by });
    return seated.ok ? node.rooms.look('till/1', id, since) : seated;
  };
  return { node, join };
};

test('each seat sees its own view and offers', async () => {
  const { join } = await watched();
  assert.deepEqual(await join('c', carl), {
    ok: true,
    seat: 'payer',
    epoch: 1,
    seq: 1,
    view: { status: 'open', total: 0 },
    offers: ['pay'],
  });
  const owner = await join('a', ann);
  assert.deepEqual(owner.ok && [owner.seat, owner.offers], ['owner', ['pay', 'hand', 'close', 'numbered', 'defect']]);
});

test('who has no seat may not know that the room exists', async () => {
  const { node, join } = await watched();
  const refused = { ok: false, code: 'not-found', retry: 'no' };
  assert.deepEqual(await join('e', eve), refused);
  assert.deepEqual(await node.rooms.sit('till/2', { id: 'e', by: carl }), refused);
  assert.deepEqual(await node.send('till/1', 'pay', { amount: 1 }, eve), refused);
  assert.deepEqual(await node.send('till/2', 'pay', { amount: 1 }, carl), refused);
  assert.deepEqual(await node.rooms.read('till/1', eve), refused);
  assert.deepEqual(await node.send('nothing/1', 'pay', {}, ann), refused);
});

test('a seat that sees no difference is sent nothing and has no hole', async () => {
  const { node, join } = await watched();
  await join('c', carl);
  await node.send('till/1', 'hand', { to: 'bob' }, ann);
  assert.deepEqual(node.ear.heardBy('c'), []);
  await node.send('till/1', 'pay', { amount: 2 }, carl);
  assert.deepEqual(
    node.ear.heardBy('c').map((patch) => 'from' in patch && [patch.from, patch.seq]),
    [[1, 4]],
  );
});

test('the event that changes a seat moves its watcher before anything of the old seat is told', async () => {
  const { node, join } = await watched();
  const both: Caller = entitled({ ...ann, roles: ['customer'] });
  await join('a', both);
  await node.send('till/1', 'hand', { to: 'bob' }, both);
  const told = node.ear.heardBy('a');
  assert.deepEqual(told, [
    { room: 'till/1', seat: 'payer', epoch: 1, seq: 2, view: { status: 'open', total: 0 }, offers: ['pay'] },
  ]);
  await node.send('till/1', 'pay', { amount: 7 }, carl);
  assert.deepEqual(node.ear.heardBy('a').slice(1), [
    { room: 'till/1', seat: 'payer', epoch: 1, from: 2, seq: 4, patch: { total: 7 } },
  ]);
});

test('a watcher left without a seat is told so and hears nothing more', async () => {
  const { node, join } = await watched();
  await join('a', ann);
  await node.send('till/1', 'hand', { to: 'bob' }, ann);
  await node.send('till/1', 'pay', { amount: 1 }, carl);
  assert.deepEqual(node.ear.heardBy('a'), [{ room: 'till/1', seat: null }]);
});

test('a right taken away takes the seat away, and one given gives it', async () => {
  const { node, join } = await watched();
  await join('c', carl);
  node.rooms.recall({ id: 'c', by: entitled({ ...carl, roles: [] }) });
  await node.send('till/1', 'pay', { amount: 1 }, carl);
  assert.deepEqual(node.ear.heardBy('c'), [{ room: 'till/1', seat: null }]);
});

test('back with `since`, a watcher gets what it missed; from another seat or epoch, the whole view', async () => {
  const { node, join } = await watched();
  await join('c', carl);
  for (const amount of [1, 2, 3]) await node.send('till/1', 'pay', { amount }, carl);
  const missed = await join('d', carl, { epoch: 1, seq: 3, seat: 'payer' });
  assert.deepEqual(
    missed.ok && 'patches' in missed && missed.patches.map(({ from, seq, patch }) => [from, seq, patch]),
    [
      [3, 5, { total: 3 }],
      [5, 7, { total: 6 }],
    ],
  );
  for (const since of [
    { epoch: 1, seq: 3, seat: 'owner' },
    { epoch: 0, seq: 3, seat: 'payer' },
    { epoch: 1, seq: 0, seat: 'payer' },
  ])
    assert.ok('view' in (await join('d', carl, since)), JSON.stringify(since));
  const none = await join('d', carl, { epoch: 1, seq: 7, seat: 'payer' });
  assert.deepEqual(none.ok && 'patches' in none && none.patches, []);
});

test('whoever was out of a seat meanwhile is not told the patches of that time, only the view as it is now', async () => {
  const { node, join } = await watched();
  const both: Caller = entitled({ ...bob, roles: ['agent', 'customer'] });
  await join('c', carl);
  await join('b', both);
  node.rooms.gone('b');
  await node.send('till/1', 'hand', { to: 'bob' }, ann);
  await node.send('till/1', 'pay', { amount: 5 }, carl);
  await node.send('till/1', 'hand', { to: 'ann' }, both);
  const back = await join('b', both, { epoch: 1, seq: 1, seat: 'payer' });
  assert.ok(back.ok && 'view' in back, 'a payer again, but not while those patches were told');
});

test('a seat that cannot be decided is no seat, and everybody else’s is decided all the same', async () => {
  const isBroken = { now: false };
  const register = {
    till: {
      ...tillRoom,
      seat(till: Till, by: Caller) {
        if (isBroken.now && by.accountId === 'bob') throw new Error('a bug');
        return tillRoom.seat(till, by);
      },
    },
  };
  const node = newNode({ store: createMemoryStore({ rememberMax: 256 }), register });
  await node.send('till/1', 'open', {}, ann);
  for (const [id, by] of [
    ['a', entitled({ ...ann, roles: ['agent'] })],
    ['b', entitled({ ...bob, roles: ['customer'] })],
  ] as const)
    await node.rooms.sit('till/1', { id, by });
  isBroken.now = true;
  await node.send('till/1', 'hand', { to: 'carl' }, ann);
  await node.send('till/1', 'pay', { amount: 1 }, carl);
  for (const id of ['a', 'b']) assert.deepEqual(node.ear.heardBy(id), [{ room: 'till/1', seat: null }]);
});

test('signals go only from the seats that may send to the seats that may see', async () => {
  const { node, join } = await watched();
  await join('a', ann);
  await join('c', carl);
  node.rooms.signal('till/1', 'a', 'typing', { field: 'amount' });
  node.rooms.signal('till/1', 'a', 'typing', { wrong: true });
  node.rooms.signal('till/1', 'a', 'constructor', {});
  node.rooms.signal('till/1', 'c', 'typing', { field: 'amount' });
  node.rooms.signal('till/1', 'stranger', 'typing', { field: 'amount' });
  assert.deepEqual(node.ear.signalsTo('c'), [
    { room: 'till/1', kind: 'typing', data: { field: 'amount' }, by: { accountId: 'ann', seat: 'owner' } },
  ]);
});

test('presence is told to the seats that may see it, and so is who leaves', async () => {
  const { node, join } = await watched();
  await join('a', ann);
  await join('c', carl);
  const people = () => (node.ear.signalsTo('a').at(-1)!.data as { people: object }).people;
  await node.time.advance(250);
  assert.deepEqual(people(), { ann: 'owner', carl: 'payer' });
  node.rooms.gone('c');
  await node.time.advance(250);
  assert.deepEqual(people(), { ann: 'owner' });
  assert.deepEqual(node.ear.signalsTo('c'), []);
});

test('handing the till on re-seats the new owner’s watcher with the whole view', async () => {
  const { node, join } = await watched();
  await join('b', entitled({ ...bob, roles: ['customer'] }));
  await node.send('till/1', 'hand', { to: 'bob' }, ann);
  const [told] = node.ear.heardBy('b');
  assert.deepEqual(told && 'view' in told && [told.seat, (told.view as { secret: number }).secret], ['owner', 0]);
});
