/** Messages of another shape than the wire's: refused with a code, or the socket ends; never more than that. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { describe, test } from 'node:test';
import { newBystander } from '../support/bystander.ts';
import { newPeople } from '../support/people.ts';
import { newRawSocket } from '../support/raw-socket.ts';
import { newServer } from '../support/server.ts';

const newRoom = () => `claim/${randomUUIDv7()}`;

describe('a message', () => {
  test('of another shape is invalid: no argument, too many, lists, texts, numbers, binary', async (t) => {
    const server = await newServer(t);
    const { holder } = await newPeople(t, server);
    const bystander = await newBystander(t, server);
    const request = { room: newRoom(), id: randomUUIDv7(), name: 'startDraft', input: {} };
    const bytes = Buffer.from('photo');
    const nested = { a: [{ b: { c: [bytes] } }] };
    const shapes: unknown[][] = [
      [],
      [null],
      [undefined],
      [7],
      ['claim'],
      [true],
      [[]],
      [[request]],
      [{}],
      [bytes],
      [{ ...request, input: bytes }],
      [{ ...request, input: nested }],
      [{ ...request, id: bytes }],
      [{ ...request, [`extra`]: 1 }],
      // What asks for the length of a text finds a thing that cannot be compared.
      [{ ...request, room: { length: { toString: null } } }],
      [{ ...request, name: { length: { valueOf: 1, toString: 1 } }, kind: { length: [] } }],
      [request, request],
      [request, null],
      [null, request],
      [request, bytes],
    ];
    for (const verb of ['room:command', 'room:join', 'room:leave', 'room:signal', 'session:renew'])
      for (const args of shapes) {
        const ack = await holder.ask(verb, ...args);
        assert.deepEqual([ack.ok, ack.code], [false, 'invalid'], `${verb} ${JSON.stringify(args)}`);
        const isBinary = args.length === 1 && JSON.stringify(args).includes('"Buffer"');
        if (isBinary) assert.equal(ack.details.issues[0].message, 'binary is not accepted here');
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    await bystander.isUnharmed();
    assert.deepEqual(await server.sql('select 1 from room_head where room = $1', [request.room]), []);
  });

  test('of a verb there is not is invalid, and one that means something to Socket.IO ends the socket', async (t) => {
    const server = await newServer(t);
    const { holder } = await newPeople(t, server);
    const bystander = await newBystander(t, server);
    for (const verb of [
      'room:joins',
      'ROOM:JOIN',
      'room:patch',
      'error',
      'ping',
      'message',
      'connection',
      '__proto__',
      'constructor',
      '',
    ])
      assert.equal((await holder.ask(verb, { room: newRoom() })).code, 'invalid', verb);
    for (const verb of ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']) {
      const raw = await newRawSocket(t, server);
      assert.ok(await raw.login(holder.token));
      assert.equal(await raw.ask(verb, '{}'), null, verb);
    }
    const raw = await newRawSocket(t, server);
    assert.ok(await raw.login(holder.token));
    // Events without a name, with a number for a name, and answers to questions nobody asked.
    for (const text of [
      '421',
      '422[]',
      '423[7]',
      '424[7,{}]',
      '43',
      '43[]',
      '431[{}]',
      '43999["x"]',
      '4299999999999999999999["x"]',
    ])
      raw.text(text);
    assert.ok(raw.tcp.writable);
    await bystander.isUnharmed();
  });

  test('that asks for no answer is done all the same, once', async (t) => {
    const server = await newServer(t);
    const { holder } = await newPeople(t, server);
    const request = { room: newRoom(), id: randomUUIDv7(), name: 'startDraft', input: {} };
    holder.socket.emit('room:command', request);
    holder.socket.emit('room:command', { ...request, name: 'explode' });
    holder.socket.emit('room:join', { room: request.room });
    holder.socket.emit('room:leave', { room: 7 });
    holder.socket.emit('nonsense');
    assert.deepEqual(await holder.ask('room:command', request), { ok: true, epoch: 1, seq: 1, repeated: true });
    assert.equal((await server.sql('select 1 from room_event')).length, 1);
  });
});
