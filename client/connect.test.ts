import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Refusal } from '../rooms/protocol.ts';
import { never, newClient, newFakeServer, until } from './fake-server.ts';

test('every connection asks for a token of its own', async (t) => {
  const server = await newFakeServer(t);
  let made = 0;
  const client = newClient(t, server, { token: async () => `token ${++made}` });
  await until(() => client.state.status === 'connected');
  server.hangUp();
  await until(() => server.handshakes.length === 2);
  assert.deepEqual(server.handshakes, ['token 1', 'token 2']);
});

test('a client sent away by the server comes back by itself', async (t) => {
  const server = await newFakeServer(t);
  const client = newClient(t, server);
  for (const times of [1, 2, 3]) {
    await until(() => client.state.status === 'connected');
    server.kick();
    await until(() => server.handshakes.length === times + 1);
  }
});

test('a refused session is said to be refused, and tried again with a new token', async (t) => {
  const no = { code: 'unauthorized' } as Refusal;
  const server = await newFakeServer(t, { admit: (token) => (token === 'token 4' ? null : no) });
  let made = 0;
  const seen: string[] = [];
  const client = newClient(t, server, { token: async () => `token ${++made}` });
  client.subscribe(({ status, refusal }) => seen.push(`${status} ${refusal?.code ?? ''}`));
  await until(() => client.state.status === 'connected');
  assert.deepEqual(seen, ['refused unauthorized', 'connected ']);
  assert.equal(server.handshakes.length, 4);
});

test('a server that is full for now is no refusal of the session', async (t) => {
  const server = await newFakeServer(t, { admit: (_, nth) => (nth > 2 ? null : ({ code: 'busy' } as Refusal)) });
  const client = newClient(t, server);
  const seen: string[] = [];
  client.subscribe(({ status, refusal }) => seen.push(`${status} ${refusal?.code ?? ''}`));
  await until(() => client.state.status === 'connected');
  assert.deepEqual(seen, ['connecting busy', 'connected ']);
});

test('a token that cannot be had, thrown or hanging, is asked for again', async (t) => {
  const server = await newFakeServer(t);
  let asked = 0;
  const token = (): Promise<string> => {
    if (++asked === 1) throw Object.assign(new Error('no network'), { code: 'ECONNREFUSED' });
    if (asked === 2) return Promise.reject({ ok: false, code: 'unauthorized', retry: 'no' });
    return Promise.resolve('a token');
  };
  const client = newClient(t, server, { token });
  await until(() => client.state.status === 'refused');
  await until(() => client.state.status === 'connected');
  assert.equal(server.handshakes.length, 1);
});

test('a token that comes after its connection is gone does not disturb the next one', async (t) => {
  const server = await newFakeServer(t);
  const late = Promise.withResolvers<string>();
  let asked = 0;
  const client = newClient(t, server, {
    token: () => (++asked === 2 ? late.promise : Promise.resolve(`token ${asked}`)),
  });
  await until(() => client.state.status === 'connected');
  server.hangUp();
  await until(() => asked === 2);
  await server.restart();
  await until(() => client.state.status === 'connected');
  late.resolve('too late');
  await never(() => client.state.status !== 'connected');
  assert.deepEqual(server.handshakes, ['token 1', 'token 3']);
});

test('a closed client is quiet: no reconnection, no answers owed', async (t) => {
  const server = await newFakeServer(t);
  const client = newClient(t, server);
  const room = client.room('board/one');
  await room.join();
  client.close();
  assert.equal(client.state.status, 'closed');
  assert.equal(room.state.status, 'idle');
  const closed = { ok: false, code: 'closed', retry: 'same-id' };
  assert.deepEqual(await room.join(), closed);
  assert.deepEqual(await room.send('a', {}), closed);
  await never(() => server.handshakes.length > 1);
});

test('one id is one room object', async (t) => {
  const client = newClient(t, await newFakeServer(t));
  assert.equal(client.room('board/one'), client.room('board/one'));
  assert.notEqual(client.room('board/one'), client.room('board/two'));
});
