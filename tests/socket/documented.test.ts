/** What a real server says over a real socket is what the AsyncAPI document promises, field for field. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import { RoomPatch, SignalMessage } from '../../rooms/replies.ts';
import { asked } from '../../src/docs/verbs.ts';
import { newPerson, newServer } from '../support/server.ts';
import { newSocket } from '../support/socket.ts';

test('each answer and each message fits its schema, with nothing in it beside', async (t) => {
  const server = await newServer(t);
  const holder = await newPerson(server);
  const supervisor = await newPerson(server, { roles: ['supervisor'] });
  const socket = await newSocket(t, server, holder);
  const desk = await newSocket(t, server, supervisor);
  const room = `claim/${randomUUIDv7()}`;
  const draft = { room, id: randomUUIDv7(), name: 'startDraft', input: {} };
  /** Asks, and gives back the answer. */
  const fits = async (verb: keyof typeof asked, request: object, by = socket) => {
    const answer = await by.ask(verb, request);
    assert.deepEqual(asked[verb].reply?.parse(answer), answer, `${verb} ${JSON.stringify(answer)}`);
    return answer;
  };

  assert.equal((await fits('room:join', { room })).code, 'not-found');
  assert.equal((await fits('room:command', draft)).ok, true);
  assert.equal((await fits('room:command', draft)).repeated, true);
  assert.equal((await fits('room:command', { ...draft, input: { x: 1 } })).code, 'command/id-reused');
  assert.equal((await fits('room:command', { ...draft, id: 'x' })).code, 'invalid');
  const { epoch, seq, seat } = await fits('room:join', { room });
  assert.ok('patches' in (await fits('room:join', { room, since: { epoch, seq, seat } })));
  await fits('room:join', { room }, desk);
  await fits('room:command', { ...draft, id: randomUUIDv7(), name: 'withdraw', input: { reason: 'Repaired.' } });
  assert.equal((await fits('session:renew', { token: holder.token })).ok, true);
  assert.equal((await fits('session:renew', { token: 'x' })).code, 'unauthorized');
  assert.equal((await fits('room:leave', { room })).ok, true);

  await desk.until(() => desk.heard.length > 0 && desk.signals.length > 0, 'the withdrawal and who is here');
  for (const message of [...socket.heard, ...desk.heard]) assert.deepEqual(RoomPatch.parse(message), message);
  for (const message of desk.signals) assert.deepEqual(SignalMessage.parse(message), message);
});
