import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ack } from '../rooms/protocol.ts';
import { commandId } from './command-id.ts';
import { never, newClient, newFakeServer, until } from './fake-server.ts';
import type { Entry, OutboxStorage } from './types.ts';

const busy: Ack = { ok: false, code: 'busy', retry: 'same-id', retryAfterMs: 10 };
const done = (seq: number): Ack => ({ ok: true, epoch: 1, seq });
const newStorage = (left: readonly Entry[] = []) => {
  const entries = new Map(left.map((entry) => [entry.id, entry]));
  return {
    entries,
    load: async () => [...entries.values()],
    save: async (entry) => void entries.set(entry.id, entry),
    remove: async (id) => void entries.delete(id),
  } satisfies OutboxStorage & { entries: Map<string, Entry> };
};

test('an answer lost, refused for now or unknown: the same id goes out again until there is a final one', async (t) => {
  const answers = ['silence', busy, { ok: false, code: 'unknown', retry: 'same-id' }, 'hang up', done(7)] as const;
  const server = await newFakeServer(t, { command: (_, nth) => answers[nth - 1]! });
  const client = newClient(t, server);
  const ack = await client.room('claim/1').send('addNote', { id: 'n', text: 'hello' });
  assert.deepEqual(ack, done(7));
  assert.equal(server.commands.length, 5);
  assert.equal(new Set(server.commands.map(({ id }) => id)).size, 1);
  assert.deepEqual(server.commands[4], { ...server.commands[0] });
  assert.equal(client.waiting, 0);
});

test('a rejection is final', async (t) => {
  const no: Ack = { ok: false, code: 'claim/not-now', details: { allowed: [] }, retry: 'no' };
  const server = await newFakeServer(t, { command: () => no });
  assert.deepEqual(await newClient(t, server).room('claim/1').send('withdraw', { reason: 'x' }), no);
  assert.equal(server.commands.length, 1);
});

test('commands of one room arrive one at a time and in order, however often the first must be tried', async (t) => {
  let inFlight = 0;
  let most = 0;
  const server = await newFakeServer(t, {
    async command(_, nth) {
      most = Math.max(most, ++inFlight);
      await new Promise((resolve) => setTimeout(resolve, 3));
      inFlight--;
      return nth <= 3 ? busy : done(nth);
    },
  });
  const room = newClient(t, server).room('board/one');
  const acks = await Promise.all(['a', 'b', 'c', 'd'].map((name) => room.send(name, {})));
  assert.ok(acks.every(({ ok }) => ok));
  assert.deepEqual(
    server.commands.map(({ name }) => name),
    ['a', 'a', 'a', 'a', 'b', 'c', 'd'],
  );
  assert.equal(most, 1);
});

test('a room whose commands hang holds up no other room', async (t) => {
  const server = await newFakeServer(t, {
    command: ({ room }, nth) => (room === 'board/stuck' ? 'silence' : done(nth)),
  });
  const client = newClient(t, server, { limits: { answerMsMax: 60_000 } });
  const stuck = client.room('board/stuck').send('wait', {});
  await until(() => server.commands.length === 1);
  assert.ok((await client.room('board/free').send('go', {})).ok);
  client.close();
  assert.deepEqual(await stuck, { ok: false, code: 'closed', retry: 'same-id' });
});

test('commands given while the server is away are sent once it is back', async (t) => {
  const server = await newFakeServer(t);
  const client = newClient(t, server);
  await until(() => client.state.status === 'connected');
  let sent: Promise<Ack[]> | undefined;
  await server.restart(async () => {
    await until(() => client.state.status === 'connecting');
    const rooms = ['board/one', 'board/two'];
    sent = Promise.all(rooms.flatMap((id) => ['a', 'b'].map((name) => client.room(id).send(name, {}))));
    await never(() => server.commands.length > 0);
  });
  assert.ok((await sent!).every(({ ok }) => ok));
  assert.equal(server.commands.length, 4);
});

test('a connection that breaks with a command in flight costs no waiting for the timeout', async (t) => {
  const server = await newFakeServer(t, { command: (_, nth) => (nth === 1 ? 'hang up' : done(nth)) });
  const client = newClient(t, server, { limits: { answerMsMax: 60_000 } });
  assert.ok((await client.room('board/one').send('a', {})).ok);
});

test('past its bound a command is refused at once and the others go on', async (t) => {
  const server = await newFakeServer(t, { command: () => 'silence' });
  const client = newClient(t, server, { limits: { commandsWaitingMax: 3, answerMsMax: 60_000 } });
  for (const room of ['board/a', 'board/a', 'board/b']) void client.room(room).send('x', {});
  assert.deepEqual(await client.room('board/c').send('x', {}), { ok: false, code: 'outbox-full', retry: 'no' });
  assert.equal(client.waiting, 3);
});

test('what is changed after sending does not change what is sent again', async (t) => {
  const server = await newFakeServer(t, { command: (_, nth) => (nth === 1 ? busy : done(nth)) });
  const input = { text: 'first' };
  const sent = newClient(t, server).room('board/one').send('note', input);
  input.text = 'second';
  await sent;
  assert.deepEqual(
    server.commands.map((command) => command.input),
    [{ text: 'first' }, { text: 'first' }],
  );
});

test('what cannot travel is refused without being sent', async (t) => {
  const server = await newFakeServer(t);
  const room = newClient(t, server).room('board/one');
  const circle: { self?: unknown } = {};
  circle.self = circle;
  for (const input of [circle, { big: 1n }, { text: 'ä'.repeat(70_000) }]) {
    const ack = await room.send('note', input);
    assert.ok(!ack.ok && ack.code === 'invalid' && ack.retry === 'no');
  }
  assert.ok((await room.send('note', { text: 'a'.repeat(130_000) })).ok);
  assert.equal(server.commands.length, 1);
});

test('the same id twice is one command; with another body it is refused', async (t) => {
  const server = await newFakeServer(t);
  const room = newClient(t, server).room('board/one');
  const id = commandId();
  const acks = await Promise.all([
    room.send('note', { a: 1 }, { id }),
    room.send('note', { a: 1 }, { id }),
    room.send('note', { a: 2 }, { id }),
  ]);
  assert.deepEqual(acks, [done(1), done(1), { ok: false, code: 'command/id-reused', retry: 'no' }]);
  assert.equal(server.commands.length, 1);
});

test('what a page left unanswered is sent by the next one, first and with its ids', async (t) => {
  const storage = newStorage();
  let isDeaf = true;
  const server = await newFakeServer(t, { command: (_, nth) => (isDeaf ? 'silence' : done(nth)) });
  const first = newClient(t, server, { outbox: storage });
  const unanswered = ['a', 'b'].map((name) => first.room('board/one').send(name, { name }));
  await until(() => server.commands.length === 1);
  first.close();
  assert.ok((await Promise.all(unanswered)).every((ack) => !ack.ok && ack.code === 'closed'));
  const ids = [...storage.entries.keys()];
  assert.equal(ids.length, 2);

  isDeaf = false;
  const second = newClient(t, server, { outbox: storage });
  assert.ok((await second.room('board/one').send('c', { name: 'c' })).ok);
  assert.deepEqual(
    server.commands.map(({ name }) => name),
    ['a', 'a', 'b', 'c'],
  );
  assert.deepEqual(
    server.commands.slice(1, 3).map(({ id }) => id),
    ids,
  );
  await until(() => storage.entries.size === 0);
});

test('asking again for a command left behind gives its answer', async (t) => {
  const entry: Entry = { id: commandId(), room: 'board/one', name: 'a', input: { n: 1 } };
  const server = await newFakeServer(t);
  const client = newClient(t, server, { outbox: newStorage([entry]) });
  const ack = await client.room('board/one').send('a', { n: 1 }, { id: entry.id });
  assert.deepEqual(ack, done(1));
  assert.equal(server.commands.length, 1);
});

test('nothing leaves before it is saved, and what cannot be saved does not leave', async (t) => {
  const server = await newFakeServer(t);
  const saving = Promise.withResolvers<void>();
  const slow = newClient(t, server, { outbox: { ...newStorage(), save: () => saving.promise } });
  const sent = slow.room('board/one').send('a', {});
  await never(() => server.commands.length > 0);
  saving.resolve();
  assert.ok((await sent).ok);

  const failed = { ok: false, code: 'outbox-failed', retry: 'no' };
  const fail = () => Promise.reject(new Error('disk full'));
  const full = newClient(t, server, { outbox: { ...newStorage(), save: fail, remove: fail } });
  assert.deepEqual(await full.room('board/one').send('b', {}), failed);
  const unreadable = newClient(t, server, { outbox: { ...newStorage(), load: fail } });
  assert.deepEqual(await unreadable.room('board/one').send('c', {}), failed);
  assert.equal(server.commands.length, 1);
});
