/** Every naughty string, everywhere a person may type one: it comes back exactly as it was, or it is refused with a code. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import { loss } from '../../rooms/claim/fake-claims.ts';
import { newBystander } from '../support/bystander.ts';
import { forEachOf, naughtyStrings } from '../support/naughty-strings.ts';
import { newPeople } from '../support/people.ts';
import { newServer } from '../support/server.ts';

const generous = { commandsPerSecondMax: 100_000, signalsPerSecondMax: 100_000 };
const newRoom = () => `claim/${randomUUIDv7()}`;
/** Blanks around what people type are dropped; see rooms/values.ts. */
const kept = (text: string) => text.trim();

test('as a note it is read back the same: live, over REST and out of the journal', async (t) => {
  const server = await newServer(t, { limits: generous });
  const { holder, desk, supervisor } = await newPeople(t, server);
  const bystander = await newBystander(t, server);
  t.diagnostic(`${naughtyStrings.length} strings`);
  let stored = 0;
  await forEachOf(naughtyStrings, 8, async (text) => {
    const room = newRoom();
    await holder.send(room, 'startDraft', {});
    await supervisor.join(room);
    const id = randomUUIDv7();
    const ack = await desk.send(room, 'addNote', { id, text });
    if (!ack.ok) {
      assert.ok(ack.code === 'invalid' && (kept(text) === '' || text.length > 4_000), JSON.stringify([text, ack]));
      assert.deepEqual(await desk.ask('room:leave', { room }), { ok: true });
    } else {
      stored++;
      await supervisor.flush();
      assert.equal(supervisor.sight(room)!.view.notes[id].text, kept(text));
      const { json } = await supervisor.get(`/api/claims/${room.slice('claim/'.length)}`);
      assert.equal(json.view.notes[id].text, kept(text));
      const [row] = await server.sql<{ text: string }>(
        `select data->>'text' as text from room_event where room = $1 and seq = 2`,
        [room],
      );
      assert.equal(row?.text, kept(text));
    }
    await supervisor.ask('room:leave', { room });
  });
  assert.ok(stored > naughtyStrings.length * 0.9, `${stored} stored`);
  await bystander.isUnharmed();
  assert.deepEqual(server.errors, []);
});

test('as a holder’s own words it is read back the same by staff and in the list', async (t) => {
  const server = await newServer(t, { limits: generous });
  const { holder, desk } = await newPeople(t, server);
  await forEachOf(naughtyStrings, 8, async (text) => {
    const room = newRoom();
    const ack = await holder.send(room, 'report', {
      loss: { ...loss, narrative: text, place: text.slice(0, 20), policyNumber: text.slice(0, 20) },
    });
    if (!ack.ok) return assert.equal(ack.code, 'invalid', JSON.stringify(text));
    const seen = await desk.join(room);
    assert.ok(seen.ok && 'view' in seen);
    assert.equal((seen.view as { loss: typeof loss }).loss.narrative, kept(text));
    const [row] = await server.sql<{ number: string }>('select policy_number as number from claims where id = $1', [
      room.slice('claim/'.length),
    ]);
    assert.equal(row?.number, kept(text.slice(0, 20)));
    await desk.ask('room:leave', { room });
  });
  assert.deepEqual(server.errors, []);
});

test('as the name of anything it is refused: room, command, id, verb, signal, field, token', async (t) => {
  const server = await newServer(t, { limits: generous });
  const { holder } = await newPeople(t, server);
  const bystander = await newBystander(t, server);
  const room = newRoom();
  await holder.send(room, 'startDraft', {});
  const id = () => randomUUIDv7();
  await forEachOf(naughtyStrings, 8, async (text) => {
    const asked = {
      'a room to join': await holder.ask('room:join', { room: text }),
      'a room’s name': await holder.ask('room:join', { room: `claim/${text}` }),
      'a kind of room': await holder.ask('room:command', {
        room: `${text}/${id()}`,
        id: id(),
        name: 'startDraft',
        input: {},
      }),
      'a command': await holder.ask('room:command', { room, id: id(), name: text, input: {} }),
      'an id': await holder.ask('room:command', { room, id: text, name: 'withdraw', input: { reason: 'x' } }),
      'an input': await holder.ask('room:command', { room, id: id(), name: 'withdraw', input: text }),
      'a field': await holder.ask('room:command', { room, id: id(), name: 'withdraw', input: { [text]: text } }),
      'a peril': await holder.ask('room:command', {
        room,
        id: id(),
        name: 'report',
        input: { loss: { peril: text, occurredOn: text, currency: text } },
      }),
      'a seat': await holder.ask('room:join', { room: newRoom(), since: { epoch: 1, seq: 1, seat: text } }),
      'a token': await holder.ask('session:renew', { token: text }),
      'a verb': await holder.ask(`x${text}`, { room }),
    };
    for (const [what, ack] of Object.entries(asked)) {
      assert.equal(ack.ok, false, `${what}: ${JSON.stringify(text)}`);
      assert.ok(
        ['invalid', 'not-found', 'command/unknown', 'command/unstorable', 'unauthorized'].includes(ack.code),
        `${what}: ${JSON.stringify([text, ack])}`,
      );
    }
    holder.socket.emit('room:signal', { room, kind: text, data: { field: text } });
  });
  assert.equal((await server.sql('select 1 from room_event where room = $1', [room])).length, 1);
  await bystander.isUnharmed();
  assert.deepEqual(server.errors, []);
});
