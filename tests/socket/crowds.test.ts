/** Many sockets that are one: of an account, of an address. Together they may do no more than they should. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import type { Ack } from '../../rooms/protocol.ts';
import { newRawSocket } from '../support/raw-socket.ts';
import { newPerson, newServer } from '../support/server.ts';
import { connectSocket, newSocket, refusalOf } from '../support/socket.ts';

test('ten sockets of an account may send what three may, and are told to wait beyond', async (t) => {
  const limits = { commandsPerSecondMax: 20, rateFactorPerAccount: 3 };
  const server = await newServer(t, { limits });
  const [person, bystander] = await Promise.all([newPerson(server), newPerson(server)]);
  const sockets = await Promise.all(Array.from({ length: 10 }, () => newSocket(t, server, person)));
  const other = await newSocket(t, server, bystander);
  const startedAt = performance.now();
  // Each stays within what it may by itself.
  const acks: Ack[] = (
    await Promise.all(
      sockets.map((socket) =>
        Promise.all(Array.from({ length: 30 }, () => socket.send(`claim/${randomUUIDv7()}`, 'startDraft', {}))),
      ),
    )
  ).flat();
  const seconds = (performance.now() - startedAt) / 1_000;
  const done = acks.filter(({ ok }) => ok).length;
  const perSecond = limits.commandsPerSecondMax * limits.rateFactorPerAccount;
  assert.ok(done >= perSecond && done <= perSecond * (2 + seconds) + 1, `${done} of 300 in ${seconds} s`);
  assert.ok(acks.every((ack) => ack.ok || ack.code === 'busy'));
  assert.ok((await other.send(`claim/${randomUUIDv7()}`, 'startDraft', {})).ok, 'nobody else waits');
  // Nobody is put out for what they did together.
  assert.ok(sockets.every(({ socket }) => socket.connected));
});

test('an address has so many connections, counted as the trusted proxy tells it, and others do not notice', async (t) => {
  const server = await newServer(t, { env: { TRUSTED_PROXY_HOPS: '1' }, limits: { socketsPerAddressMax: 3 } });
  const person = await newPerson(server);
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const come = (address: string) => refusalOf(connectSocket(t, server, { token: person.token }, from(address)));
  // Whether or not they say who they are.
  const silent = await Promise.all([1, 2].map(() => newRawSocket(t, server, { headers: from('203.0.113.9') })));
  assert.deepEqual(
    silent.map(({ status }) => status),
    [101, 101],
  );
  assert.equal(await come('203.0.113.9'), null);
  assert.equal(await come('203.0.113.9'), 'websocket error');
  // What stands before the proxy’s own word changes nothing.
  assert.equal(await come('198.51.100.7, 203.0.113.9'), 'websocket error');
  assert.equal(await come('203.0.113.10'), null);
  silent[0]!.tcp.destroy();
  await silent[0]!.closed();
  let refused: string | null = 'websocket error';
  for (let n = 0; n < 50 && refused !== null; n++) refused = await come('203.0.113.9');
  assert.equal(refused, null, 'one went, one comes');
});

test('without a trusted proxy an address that is only told does not count', async (t) => {
  const server = await newServer(t, { limits: { socketsPerAddressMax: 2 } });
  const person = await newPerson(server);
  const come = () => refusalOf(connectSocket(t, server, { token: person.token }, { 'x-forwarded-for': '203.0.113.9' }));
  // All of these are this machine, which is not counted.
  for (let n = 0; n < 4; n++) assert.equal(await come(), null);
});
