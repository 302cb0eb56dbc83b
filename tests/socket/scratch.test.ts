import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomUUIDv7 } from 'node:crypto';
import { newServer, newPerson } from '../support/server.ts';
import { newSocket } from '../support/socket.ts';
test('x', async (t) => {
  console.time('server');
  const server = await newServer(t);
  console.timeEnd('server');
  console.time('person');
  const p = await newPerson(server);
  console.timeEnd('person');
  const s = await newSocket(t, server, p);
  const room = `claim/${randomUUIDv7()}`;
  console.log(await s.send(room, 'startDraft', {}));
  console.log(await s.join(room));
  console.log(await s.send(room, 'withdraw', {reason:'x'}));
  console.log(s.heard, s.sight(room));
});
