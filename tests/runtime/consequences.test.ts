/** What follows from an event by itself: deadlines, reactions, boards, older versions read by newer code. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derivedOf } from '../../rooms/derived.ts';
import { may } from '../../rooms/permissions.ts';
import type { Reaction, SendCommand } from '../../src/runtime/reactions.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { settled } from '../support/fake-clock.ts';
import { ann, carl, eve, newNode, uncounted } from '../support/node.ts';
import { type Till, tillRoom } from '../support/till.ts';

const newStore = () => createMemoryStore({ rememberMax: 256 });
const hourMs = 3_600_000;

test('a deadline fires once, as the system, at its time', async () => {
  const store = newStore();
  const node = newNode({ store });
  await node.send('till/1', 'open', {}, ann);
  await node.time.advance(hourMs - 2_000);
  assert.equal(store.events.get('till/1')!.length, 1);
  await node.time.advance(4_000);
  const closed = store.events.get('till/1')!.at(-1)!;
  assert.deepEqual([closed.type, closed.byId, closed.bySeat], ['closed', 'system', 'system']);
  await node.time.advance(hourMs);
  assert.equal(store.events.get('till/1')!.length, 2);
  assert.deepEqual(await store.deadlinesDue('9999', 10), []);
});

test('a deadline fires also when its node was replaced, and not when the reason is gone', async () => {
  const store = newStore();
  const first = newNode({ store });
  await first.send('till/1', 'open', {}, ann);
  await first.send('till/2', 'open', {}, ann);
  await first.send('till/2', 'close', {}, ann);
  await first.runtime.stop();
  const second = newNode({ store, nodeId: 'node-b', time: first.time });
  await second.time.advance(hourMs + 2_000);
  assert.deepEqual(
    [1, 2].map((n) => store.events.get(`till/${n}`)!.at(-1)!.bySeat),
    ['system', 'owner'],
  );
});

const thanks: Reaction = {
  name: 'thank-the-other-till',
  to: 'till.paid',
  causes: ({ room, data }) =>
    data.amount === 1
      ? [
          { send: { room: room === 'till/1' ? 'till/2' : 'till/1', name: 'pay', input: { amount: 2 } } },
          { task: 'print-receipt', payload: { room } },
        ]
      : [],
};

test('a reaction’s jobs are written with the event, in their target’s queue, under an id that follows from the event', async () => {
  const store = newStore();
  const node = newNode({ store, reactions: [thanks] });
  await node.send('till/1', 'open', {}, ann);
  await node.send('till/1', 'pay', { amount: 5 }, carl);
  assert.equal(store.jobs.length, 0);
  await node.send('till/1', 'pay', { amount: 1 }, carl);
  const [send, print] = [...store.jobs];
  assert.deepEqual(
    [send!.task, send!.queue, print!.task, print!.payload],
    ['send-command', 'till/2', 'print-receipt', { room: 'till/1' }],
  );
  const { id, ...rest } = send!.payload as SendCommand;
  assert.deepEqual(rest, { room: 'till/2', name: 'pay', input: { amount: 2 } });
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('a fenced write leaves no job behind', async () => {
  const store = newStore();
  const stale = newNode({ store, reactions: [thanks] });
  await stale.send('till/1', 'open', {}, ann);
  await newNode({ store, nodeId: 'node-b' }).send('till/1', 'close', {}, ann);
  assert.equal((await stale.send('till/1', 'pay', { amount: 1 }, carl)).ok, false);
  assert.deepEqual(store.jobs, []);
});

const totals = derivedOf<'staff'>()({
  id: 'board/totals',
  summary: 'What is in each till.',
  seat: (caller) => (may(caller, 'boards.read') ? 'staff' : null),
  view: {
    staff: (tally) => ({ sums: Object.fromEntries([...tally.cells('tills')].map(({ by, sums }) => [by[0], sums[0]])) }),
  },
});
const counted = { ...uncounted, list: 'tills', cubes: [{ name: 'tills', by: ['id'], sums: ['total'] }] };
const withTotals = { boards: [totals], counted };
const tills = {
  name: 'tills',
  of: 'till',
  version: 1,
  row: (state: unknown, { room, seq }: { room: string; seq: number }) => ({
    id: room,
    seq,
    total: (state as Till).total,
  }),
};

test('a board starts from the list, follows what becomes durable, and is told at most four times a second', async () => {
  const node = newNode({ store: newStore(), ...withTotals, projections: [tills] });
  await node.send('till/1', 'open', {}, ann);
  await node.send('till/1', 'pay', { amount: 5 }, carl);
  await node.rooms.sit('board/totals', { id: 'w', by: ann });
  const sight = await node.rooms.look('board/totals', 'w');
  assert.deepEqual(sight.ok && 'view' in sight && sight.view, { sums: { 'till/1': 5 } });
  for (let n = 0; n < 10; n++) await node.send('till/1', 'pay', { amount: 1 }, carl);
  assert.deepEqual(node.ear.heardBy('w'), []);
  await node.time.advance(250);
  assert.deepEqual(
    node.ear.heardBy('w').map((told) => 'patch' in told && told.patch),
    [{ sums: { 'till/1': 15 } }],
  );
});

test('a board is for those it is for, and takes no commands', async () => {
  const node = newNode({ store: newStore(), ...withTotals, projections: [tills] });
  assert.deepEqual(await node.rooms.sit('board/totals', { id: 'w', by: eve }), {
    ok: false,
    code: 'not-found',
    retry: 'no',
  });
  assert.equal((await node.rooms.read('board/totals', eve)).ok, false);
  assert.equal((await node.send('board/totals', 'pay', {}, ann)).ok, false);
});

test('older events and snapshots are read through upcast, and without one the room is refused', async () => {
  const store = newStore();
  const old = newNode({ store, limits: { snapshotEveryEvents: 2 } });
  await old.send('till/1', 'open', {}, ann);
  await old.send('till/1', 'pay', { amount: 5 }, carl);
  await settled();
  await old.send('till/1', 'pay', { amount: 6 }, carl);
  const upcast = {
    state: (stored: unknown) => ({ ...(stored as Till), total: (stored as Till).total * 100 }),
    event: (type: string, data: unknown) => ({
      type,
      data: type === 'paid' ? { amount: (data as { amount: number }).amount * 100 } : data,
    }),
  };
  const newer = newNode({ store, nodeId: 'node-b', register: { till: { ...tillRoom, version: 2, upcast } } });
  const seen = await newer.rooms.read('till/1', carl);
  assert.deepEqual(seen.ok && seen.view, { status: 'open', total: 1_100 });
  const broken = newNode({ store, nodeId: 'node-c', register: { till: { ...tillRoom, version: 2 } } });
  assert.equal((await broken.send('till/1', 'pay', { amount: 1 }, carl)).ok, false);
});

test('events of a later version are refused by this one, as in a rolling upgrade, and nothing is written on top', async () => {
  const store = newStore();
  const newer = newNode({ store, register: { till: { ...tillRoom, version: 2 } } });
  await newer.send('till/1', 'open', {}, ann);
  const older = newNode({ store, nodeId: 'node-b' });
  assert.deepEqual(await older.send('till/1', 'pay', { amount: 1 }, carl), {
    ok: false,
    code: 'room/unreadable',
    retry: 'no',
  });
  assert.deepEqual(await older.rooms.read('till/1', carl), { ok: false, code: 'room/unreadable', retry: 'no' });
});

test('a deadline that meets a defect waits for its mending and lets the others fire', async () => {
  const store = newStore();
  const broken = {
    ...tillRoom,
    commands: {
      ...tillRoom.commands,
      close: {
        ...tillRoom.commands.close,
        decide: () => {
          throw new Error('a bug');
        },
      },
    },
  };
  const node = newNode({ store, register: { till: broken }, limits: { deadlinesPerPollMax: 1 } });
  await node.send('till/1', 'open', {}, ann);
  await node.time.advance(hourMs + 5_000);
  assert.equal((await store.deadlinesDue('9999', 10)).length, 1);
  const mended = newNode({ store, nodeId: 'node-b', time: node.time });
  await node.runtime.stop();
  await mended.time.advance(60_000);
  assert.equal(store.events.get('till/1')!.at(-1)!.type, 'closed');
});

test('a board hears of a change whose commit lost its answer', async () => {
  const memory = newStore();
  let isLosing = false;
  const store = {
    ...memory,
    append: async (batch: Parameters<typeof memory.append>[0]) => {
      const appended = await memory.append(batch);
      return isLosing ? { kind: 'unknown' as const, reason: 'scripted' } : appended;
    },
  };
  const node = newNode({ store, ...withTotals, projections: [tills] });
  await node.send('till/1', 'open', {}, ann);
  await node.rooms.sit('board/totals', { id: 'w', by: ann });
  isLosing = true;
  const paying = node.send('till/1', 'pay', { amount: 5 }, carl);
  await settled();
  isLosing = false;
  await paying;
  await node.time.advance(250);
  await settled();
  const seen = await node.rooms.read('board/totals', ann);
  assert.deepEqual(seen.ok && seen.view, { sums: { 'till/1': 5 } });
});

test('somebody else hanging up while a board starts does not make it deaf', async () => {
  const memory = newStore();
  const { promise: started, resolve } = Promise.withResolvers<void>();
  const store = {
    ...memory,
    sums: async (...asked: Parameters<typeof memory.sums>) => (await started, memory.sums(...asked)),
  };
  const node = newNode({ store, ...withTotals, projections: [tills] });
  await node.send('till/1', 'open', {}, ann);
  const sitting = node.rooms.sit('board/totals', { id: 'w', by: ann });
  node.rooms.gone('a stranger');
  await node.send('till/1', 'pay', { amount: 5 }, carl);
  resolve();
  await sitting;
  const sight = await node.rooms.look('board/totals', 'w');
  assert.deepEqual(sight.ok && 'view' in sight && sight.view, { sums: { 'till/1': 5 } });
});
