/** Too much of everything: commands, rooms, sockets, handshakes. Each has its bound, and whoever keeps to it does not notice. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import type { Ack } from '../../rooms/protocol.ts';
import { newBystander } from '../support/bystander.ts';
import { newPeople } from '../support/people.ts';
import { frameOf, newRawSocket } from '../support/raw-socket.ts';
import { get, newPerson, newServer, type TestServer } from '../support/server.ts';
import { connectSocket, newSocket, refusalOf } from '../support/socket.ts';

const newRoom = () => `claim/${randomUUIDv7()}`;
const socketsOf = async (server: TestServer) => {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^claimroom_sockets (\d+)$/m.exec(text)?.[1]);
};

test('two thousand commands at once: some are done, the others told to wait, and who does not wait is put out', async (t) => {
  const server = await newServer(t);
  const { holder, desk } = await newPeople(t, server);
  const bystander = await newBystander(t, server);
  const before = bystander.answered;
  const room = newRoom();
  await holder.send(room, 'startDraft', {});
  const note = () => ({ room, id: randomUUIDv7(), name: 'addNote', input: { id: randomUUIDv7(), text: 'x' } });
  const acks: Ack[] = [];
  for (let n = 0; n < 2_000; n++) desk.socket.emit('room:command', note(), (ack: Ack) => acks.push(ack));
  await desk.closed();
  const busy = { ok: false, code: 'busy', retry: 'same-id', retryAfterMs: server.limits.retryAfterMs };
  assert.deepEqual(
    acks.find((ack) => !ack.ok),
    busy,
  );
  assert.ok(acks.every((ack) => ack.ok || ack.code === 'busy'));
  // Not shut out: it may come back and go on, slower.
  const back = await newSocket(t, server, desk);
  assert.ok((await back.send(room, 'addNote', note().input)).ok);
  const done = (await server.sql('select 1 from room_event where by_id = $1', [desk.id])).length;
  const { commandsPerSecondMax } = server.limits;
  assert.ok(done >= commandsPerSecondMax && done <= commandsPerSecondMax * 3, `${done} done`);
  assert.ok(bystander.answered > before);
  await bystander.isUnharmed();
  assert.deepEqual(server.errors, []);
});

test('signals are bounded on their own and never cost a command', async (t) => {
  const server = await newServer(t);
  const { holder, desk, supervisor } = await newPeople(t, server);
  const room = newRoom();
  await holder.send(room, 'startDraft', {});
  for (const one of [desk, supervisor]) await one.join(room);
  for (let n = 0; n < 60; n++) desk.socket.emit('room:signal', { room, kind: 'typing', data: { field: `field ${n}` } });
  assert.ok((await desk.send(room, 'addNote', { id: randomUUIDv7(), text: 'x' })).ok);
  await supervisor.flush();
  const typing = supervisor.signals.filter(({ kind }) => kind === 'typing');
  assert.ok(typing.length > 0 && typing.length <= server.limits.signalsPerSecondMax * 2 + 5, `${typing.length} told`);
  // One that says too much is not passed on.
  const long = { room, kind: 'typing', data: { field: 'x'.repeat(server.limits.signalBytesMax) } };
  await desk.ask('room:signal', { ...long, room: 'x' });
  desk.socket.emit('room:signal', long);
  await desk.flush();
});

test('more rooms than a socket may sit in are refused, also when asked for all at once', async (t) => {
  const server = await newServer(t, { limits: { roomsPerSocketMax: 20 } });
  const { holder, desk } = await newPeople(t, server);
  const rooms = Array.from({ length: 30 }, newRoom);
  for (const room of rooms) await holder.send(room, 'startDraft', {});
  const acks = await Promise.all(rooms.map((room) => desk.join(room)));
  const refused = acks.flatMap((ack) => (ack.ok ? [] : [ack]));
  assert.equal(acks.length - refused.length, 20);
  assert.deepEqual(refused[0], { ok: false, code: 'socket/too-many-rooms', details: { limit: 20 }, retry: 'no' });
  // One it sits in can be joined again; one it may not know, or left, takes no place.
  assert.equal((await desk.join(rooms[acks.findIndex(({ ok }) => ok)]!)).ok, true);
  const missing = rooms[acks.findIndex(({ ok }) => !ok)]!;
  await desk.ask('room:leave', { room: rooms[acks.findIndex(({ ok }) => ok)] });
  for (let n = 0; n < 30; n++) assert.equal(((await desk.join(newRoom())) as { code: string }).code, 'not-found');
  assert.equal((await desk.join(missing)).ok, true);
});

test('three hundred joins from one socket end at its bound', async (t) => {
  const server = await newServer(t, { limits: { commandsPerSecondMax: 1_000 } });
  const { holder, desk } = await newPeople(t, server);
  const bystander = await newBystander(t, server);
  const rooms = Array.from({ length: 300 }, newRoom);
  await Promise.all(rooms.map((room) => holder.send(room, 'startDraft', {})));
  const acks = await Promise.all(rooms.map((room) => desk.join(room)));
  assert.equal(acks.filter(({ ok }) => ok).length, server.limits.roomsPerSocketMax);
  await bystander.isUnharmed();
});

test('an account has so many sockets and no more, even if they all come while it is being looked up', async (t) => {
  const server = await newServer(t, { limits: { socketsPerAccountMax: 5 } });
  const [person, other] = await Promise.all([newPerson(server), newPerson(server)]);
  await server.sql('begin');
  await server.sql('lock table accounts in access exclusive mode');
  const sockets = Array.from({ length: 20 }, () => connectSocket(t, server, { token: person.token }));
  const refusals = Promise.all(sockets.map(refusalOf));
  await new Promise((resolve) => setTimeout(resolve, 300));
  await server.sql('commit');
  const codes = await refusals;
  assert.equal(codes.filter((code) => code === null).length, 5);
  assert.equal(codes.filter((code) => code === 'busy').length, 15);
  assert.equal(await refusalOf(connectSocket(t, server, { token: other.token })), null);
  // A place that is given up can be taken.
  sockets[codes.indexOf(null)]!.close();
  let code: string | null = 'busy';
  while (code === 'busy') code = await refusalOf(connectSocket(t, server, { token: person.token }));
  assert.equal(code, null);
});

test('one connection is one socket, however often it presents itself', async (t) => {
  const server = await newServer(t);
  const { token } = await newPerson(server);
  const raw = await newRawSocket(t, server);
  const greeting = frameOf(Buffer.from(`40${JSON.stringify({ token })}`));
  raw.bytes(Buffer.concat(Array.from({ length: 60 }, () => greeting)));
  // One greeting from the connection itself, and an answer to each of the sixty.
  await raw.until(() => (raw.received.length === 61 ? true : undefined));
  assert.equal(await socketsOf(server), 1);
  assert.equal(raw.received.filter((text) => text.startsWith('40')).length, 1);
  // Leaving ends the connection, so nobody leaves and greets for ever.
  raw.text('41');
  await raw.closed();
  assert.equal(await socketsOf(server), 0);
});

test('who connects and never says who they are is put out in time', async (t) => {
  const server = await newServer(t, { limits: { connectTimeoutMs: 300 } });
  const bystander = await newBystander(t, server);
  const silent = await Promise.all(Array.from({ length: 50 }, () => newRawSocket(t, server)));
  const hasty = await newRawSocket(t, server);
  hasty.text('42["room:join",{"room":"board/claims"}]');
  await Promise.all([hasty, ...silent].map(({ closed }) => closed()));
  assert.deepEqual(
    hasty.received.filter((text) => text.startsWith('4')),
    [],
  );
  await bystander.isUnharmed();
});

test('clients that neither answer nor go do not keep the server from stopping', async (t) => {
  const server = await newServer(t);
  const person = await newPerson(server);
  const frozen = [await newRawSocket(t, server), await newRawSocket(t, server)];
  assert.ok(await frozen[0]!.login(person.token));
  for (const { tcp } of frozen) tcp.pause();
  assert.equal((await get(server, '/healthz')).status, 200);
  const since = performance.now();
  await server.stop();
  assert.ok(performance.now() - since < 4_000, `${Math.round(performance.now() - since)} ms`);
});
