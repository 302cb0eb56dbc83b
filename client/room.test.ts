import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JoinAck } from '../rooms/protocol.ts';
import { boardId as id, never, newClient, newFakeServer, notFound, patch, sight, until } from './fake-server.ts';
import type { RoomState } from './types.ts';

test('a joined room shows its view, its seat and what may be done, and follows the patches', async (t) => {
  const server = await newFakeServer(t, { join: () => sight(3, { status: 'triage', notes: { a: { text: 'x' } } }) });
  const room = newClient(t, server).room(id);
  const seen: RoomState[] = [];
  const stop = room.subscribe((state) => seen.push(state));
  assert.deepEqual(await room.join(), { ok: true, seat: 'desk', epoch: 1, seq: 3 });
  server.tell(patch(3, 5, { status: 'assigned' }, { offers: ['addNote', 'close'] }));
  server.tell(patch(3, 5, { status: 'a duplicate' }));
  await until(() => room.state.seq === 5);
  assert.deepEqual(
    seen.map(({ status, seq }) => [status, seq]),
    [
      ['joining', 0],
      ['joined', 3],
      ['joined', 5],
    ],
  );
  assert.deepEqual(room.state.view, { status: 'assigned', notes: { a: { text: 'x' } } });
  assert.deepEqual(room.state.offers, ['addNote', 'close']);
  stop();
  server.tell(patch(5, 6, { status: 'closed' }));
  await until(() => room.state.seq === 6);
  assert.equal(seen.length, 3);
});

test('a changed seat arrives as a fresh view', async (t) => {
  const server = await newFakeServer(t, { join: () => sight(1, { all: true, notes: {} }) });
  const room = newClient(t, server).room(id);
  await room.join();
  server.tell({ room: id, seat: 'holder', epoch: 1, seq: 2, view: { little: true }, offers: [] });
  server.tell(patch(2, 3, { more: 1 }, { seat: 'holder' }));
  await until(() => room.state.seq === 3);
  assert.deepEqual([room.state.seat, room.state.view], ['holder', { little: true, more: 1 }]);
  assert.equal(server.joins.length, 1);
});

test('who is unseated forgets the room and does not ask again', async (t) => {
  const server = await newFakeServer(t);
  const room = newClient(t, server).room(id);
  await room.join();
  server.tell({ room: id, seat: null });
  await until(() => room.state.status === 'refused');
  assert.deepEqual([room.state.view, room.state.seat, room.state.refusal?.code], [null, null, 'not-found']);
  server.tell(patch(1, 2, { secret: true }));
  server.hangUp();
  await until(() => server.handshakes.length === 2);
  await never(() => server.joins.length > 1 || room.state.view !== null);
});

test('unseated while a join is under way: the server is asked who sits there now', async (t) => {
  const answer = Promise.withResolvers<JoinAck>();
  const server = await newFakeServer(t, { join: (_, nth) => (nth === 1 ? answer.promise : notFound) });
  const room = newClient(t, server).room(id);
  const joined = room.join();
  await until(() => server.joins.length === 1);
  server.tell({ room: id, seat: null });
  await new Promise((resolve) => setTimeout(resolve, 20));
  answer.resolve(sight(1, {}));
  assert.deepEqual(await joined, notFound);
  assert.equal(room.state.status, 'refused');
});

test('a refused join is final until it is asked for again', async (t) => {
  const server = await newFakeServer(t, { join: (_, nth) => (nth === 1 ? notFound : sight(1, {})) });
  const room = newClient(t, server).room(id);
  assert.deepEqual(await room.join(), notFound);
  assert.deepEqual([room.state.status, room.state.refusal], ['refused', notFound]);
  await never(() => server.joins.length > 1);
  assert.ok((await room.join()).ok);
  assert.equal(room.state.refusal, undefined);
});

test('a room that was left is forgotten, also while its join is still under way', async (t) => {
  const answer = Promise.withResolvers<JoinAck>();
  const server = await newFakeServer(t, { join: (_, nth) => (nth === 2 ? answer.promise : sight(1, { a: 1 })) });
  const client = newClient(t, server);
  const room = client.room(id);
  await room.join();
  room.leave();
  assert.deepEqual([room.state.status, room.state.view], ['idle', null]);
  await until(() => server.leaves.length === 1);

  const joined = room.join();
  await until(() => server.joins.length === 2);
  room.leave();
  assert.deepEqual(await joined, { ok: false, code: 'left', retry: 'no' });
  answer.resolve(sight(1, { a: 1 }));
  await until(() => server.leaves.length === 3);
  server.tell(patch(1, 2, { a: 2 }));
  await never(() => room.state.status !== 'idle');
});

test('what is said while nobody is connected is not said later', async (t) => {
  const server = await newFakeServer(t);
  const client = newClient(t, server);
  const room = client.room(id);
  await room.join();
  await server.restart(async () => {
    await until(() => client.state.status === 'connecting');
    room.signal('typing', {});
    room.leave();
    void room.join();
  });
  await until(() => room.state.status === 'joined');
  await never(() => server.leaves.length + server.signals.length > 0);
});

test('a listener may leave the room while it is being told', async (t) => {
  const server = await newFakeServer(t);
  const room = newClient(t, server).room(id);
  room.subscribe(({ status }) => status === 'joined' && room.leave());
  assert.deepEqual(await room.join(), { ok: false, code: 'left', retry: 'no' });
  assert.equal(room.state.status, 'idle');
});

test('signals go both ways in a joined room and are lost elsewhere', async (t) => {
  const server = await newFakeServer(t);
  const client = newClient(t, server);
  const room = client.room(id);
  room.signal('typing', { field: 'too early' });
  await room.join();
  const heard: unknown[] = [];
  room.onSignal((message) => heard.push(message.data));
  room.signal('typing', { field: 'note' });
  await until(() => server.signals.length === 1);
  assert.deepEqual(server.signals, [{ room: id, kind: 'typing', data: { field: 'note' } }]);
  server.signal({ room: id, kind: 'typing', data: { field: 'place' }, by: { accountId: 'a', seat: 'desk' } });
  server.signal({ room: 'board/two', kind: 'typing', data: {} });
  await until(() => heard.length > 0);
  assert.deepEqual(heard, [{ field: 'place' }]);
});
