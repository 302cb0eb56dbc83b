/** Whatever is wrong with what a client asks, it is told so with a code; nothing is stored, nobody beside it notices. */
import assert from 'node:assert/strict';
import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { describe, test } from 'node:test';
import { gbp, loss } from '../../rooms/claim/fake-claims.ts';
import { claimRoom } from '../../rooms/claim/room.ts';
import { offers } from '../../rooms/kit.ts';
import type { Ack } from '../../rooms/protocol.ts';
import { newBystander } from '../support/bystander.ts';
import { newPeople } from '../support/people.ts';
import { newServer } from '../support/server.ts';

const newRoom = () => `claim/${randomUUIDv7()}`;
const rows = 'select (select count(*)::int from room_event) as events, (select count(*)::int from room_head) as heads';

describe('a room', () => {
  const id = randomUUIDv7();

  test('spelt wrongly is invalid, whatever is asked of it', async (t) => {
    const server = await newServer(t);
    const { holder } = await newPeople(t, server);
    const bystander = await newBystander(t, server);
    const wrong: unknown[] = [
      `claim/${id.toUpperCase()}`,
      `Claim/${id}`,
      `claim/${id}/..`,
      `claim/../claim/${id}`,
      `../claim/${id}`,
      `claim/%2e%2e/${id}`,
      `claim//${id}`,
      `claim\\${id}`,
      `claim/${id}\n`,
      ` claim/${id}`,
      `claim/${id}#handler`,
      `claim/${id}?seat=handler`,
      'claim/',
      `/${id}`,
      'claim',
      '',
      '__proto__',
      '__proto__/x',
      'claim/__proto__',
      `claim/${'a'.repeat(100)}`,
      `claim/*`,
      'ｃlaim/x',
      null,
      7,
      true,
      {},
      [`claim/${id}`],
      { toString: `claim/${id}` },
    ];
    for (const room of wrong) {
      const asked = [
        await holder.ask('room:join', { room }),
        await holder.ask('room:leave', { room }),
        await holder.ask('room:signal', { room, kind: 'typing', data: { field: 'x' } }),
        await holder.ask('room:command', { room, id: randomUUIDv7(), name: 'startDraft', input: {} }),
      ];
      for (const ack of asked) {
        assert.deepEqual([ack.ok, ack.code, ack.retry], [false, 'invalid', 'no'], JSON.stringify(room));
        assert.equal(ack.details.issues[0].path, 'room');
      }
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    assert.deepEqual(await server.sql('select 1 from room_head where room <> all(select room from room_event)'), []);
    await bystander.isUnharmed();
    assert.deepEqual(server.errors, []);
  });

  test('of a kind there is not, or of a kind that is the server’s own, is not found', async (t) => {
    const server = await newServer(t);
    const { holder, supervisor } = await newPeople(t, server);
    const kinds = ['unicorn', 'constructor', 'to-string', 'account', 'canary'];
    for (const room of [...kinds.map((kind) => `${kind}/${id}`), 'board/nowhere'])
      for (const one of [holder, supervisor]) {
        assert.deepEqual(await one.join(room), { ok: false, code: 'not-found', retry: 'no' }, room);
        assert.deepEqual(await one.send(room, 'startDraft', {}), { ok: false, code: 'not-found', retry: 'no' }, room);
      }
    // Its own rooms are named after nodes; nobody gets near them.
    for (const one of [holder, supervisor]) assert.equal((await one.join('canary/local')).ok, false);
  });

  test('whose name is no UUID cannot be opened', async (t) => {
    const server = await newServer(t);
    const { holder } = await newPeople(t, server);
    for (const name of [
      'abc',
      'abcdefghijklmnopqrst',
      '0',
      'constructor',
      randomUUIDv7().replaceAll('-', ''),
      randomUUIDv7().slice(1),
    ]) {
      const ack = await holder.send(`claim/${name}`, 'startDraft', {});
      assert.equal(ack.ok, false, name);
      assert.equal(((await holder.join(`claim/${name}`)) as { ok: boolean }).ok, false, name);
    }
    assert.deepEqual(await server.sql(rows), [{ events: 0, heads: 0 }]);
  });
});

describe('a command', () => {
  test('there is not, not theirs, or not now is refused, each with its own code', async (t) => {
    const server = await newServer(t);
    const { holder, handler, desk, supervisor, stranger } = await newPeople(t, server);
    const bystander = await newBystander(t, server);
    const room = newRoom();
    await holder.send(room, 'startDraft', {});
    const refused = (code: string, details?: object) => ({ ok: false, code, ...(details && { details }), retry: 'no' });

    for (const name of [
      'explode',
      'constructor',
      '__proto__',
      'toString',
      'Approve',
      'approve ',
      '',
      'room:join',
      'draftStarted',
    ])
      assert.deepEqual(await holder.send(room, name, {}), refused('command/unknown', { name }));
    assert.equal(((await holder.send(room, 'x'.repeat(61), {})) as { code: string }).code, 'invalid');
    assert.deepEqual(
      await holder.send(room, 'assign', { handlerId: handler.agentId }),
      refused('forbidden', { name: 'assign', seat: 'holder' }),
    );
    assert.deepEqual(
      await desk.send(room, 'withdraw', { reason: 'x' }),
      refused('forbidden', { name: 'withdraw', seat: 'desk' }),
    );
    assert.deepEqual(await stranger.send(room, 'explode', {}), refused('not-found'));
    assert.deepEqual(await stranger.send(room, 'withdraw', { reason: 'x' }), refused('not-found'));
    assert.deepEqual(
      await supervisor.send(room, 'approve', { payable: gbp(1) }),
      refused('claim/not-now', {
        allowed: offers(claimRoom, { status: 'draft' }, 'supervisor'),
        unmet: [{ status: 'draft', needs: ['assigned', 'review'] }],
      }),
    );
    for (const name of ['addNote', 'assign', 'triage', 'withdraw'])
      assert.deepEqual(await supervisor.send(newRoom(), name, {}), refused('not-found'));
    await bystander.isUnharmed();
    assert.equal((await server.sql('select 1 from room_event where room = $1', [room])).length, 1);
  });

  test('with input of another shape is told which fields, by path', async (t) => {
    const server = await newServer(t);
    const { holder } = await newPeople(t, server);
    const open = async (input: unknown) => {
      const ack = await holder.send(newRoom(), 'report', input);
      assert.ok(!ack.ok && ack.code === 'invalid', JSON.stringify(input));
      return (ack.details as { issues: { path: string }[] }).issues.map(({ path }) => path);
    };
    for (const input of [null, 7, 'x', true, [], [loss], { loss: null }, { loss: [] }, { holderId: 7 }])
      await open(input);
    assert.deepEqual(await open({ loss: { ...loss, peril: 'dragon', isInjury: 'no', place: ' ' } }), [
      'loss.peril',
      'loss.place',
      'loss.isInjury',
    ]);
    assert.deepEqual(await open({ loss: { ...loss, occurredOn: '2026-02-30' } }), ['loss.occurredOn']);
    assert.deepEqual(await open({ loss: { ...loss, narrative: 'x'.repeat(4_001) } }), ['loss.narrative']);
    assert.deepEqual(await open({ loss: { ...loss, surprise: 1 } }), ['loss']);
    assert.deepEqual(await server.sql(rows), [{ events: 0, heads: 0 }]);
  });
});

describe('the id of a command', () => {
  test('that is no lower-case UUID of version 7 is invalid', async (t) => {
    const server = await newServer(t);
    const { holder } = await newPeople(t, server);
    const ids = [
      randomUUID(),
      randomUUIDv7().toUpperCase(),
      '00000000-0000-0000-0000-000000000000',
      'x',
      '',
      `${randomUUIDv7()}\n`,
      `{${randomUUIDv7()}}`,
      null,
      7,
      [],
      {},
    ];
    for (const id of ids) {
      const ack = await holder.ask('room:command', { room: newRoom(), id, name: 'startDraft', input: {} });
      assert.deepEqual([ack.code, ack.details.issues[0].path], ['invalid', 'id'], JSON.stringify(id));
    }
    assert.equal(
      (await holder.ask('room:command', { room: newRoom(), name: 'startDraft', input: {} })).code,
      'invalid',
    );
    assert.deepEqual(await server.sql(rows), [{ events: 0, heads: 0 }]);
  });

  test('may be older than the room remembers: it still counts once, and gets its first answer', async (t) => {
    const server = await newServer(t, { limits: { dedupeCommandsMax: 4 } });
    const { holder, desk } = await newPeople(t, server);
    const room = newRoom();
    await holder.send(room, 'startDraft', {});
    const ids = ['00000000-0000-7000-8000-000000000000', ...Array.from({ length: 8 }, () => randomUUIDv7())];
    const notes = ids.map((id) => ({ id: randomUUIDv7(), text: `note ${id}` }));
    for (const [i, id] of ids.entries()) assert.ok((await desk.send(room, 'addNote', notes[i], id)).ok, id);
    const codeOf = (ack: Ack) => (ack.ok ? 'ok' : ack.code);
    for (const [i, id] of ids.entries()) {
      assert.deepEqual(await desk.send(room, 'addNote', notes[i], id), {
        ok: true,
        epoch: 1,
        seq: i + 2,
        repeated: true,
      });
      assert.equal(codeOf(await desk.send(room, 'addNote', { ...notes[i], text: 'x' }, id)), 'command/id-reused');
      assert.equal(codeOf(await holder.send(room, 'withdraw', { reason: 'x' }, id)), 'command/id-reused');
    }
    assert.equal((await server.sql('select 1 from room_event')).length, ids.length + 1);
  });

  test('may come from a clock far ahead: it still has one effect', async (t) => {
    const server = await newServer(t, { limits: { dedupeCommandsMax: 4 } });
    const { holder, supervisor } = await newPeople(t, server);
    const room = newRoom();
    const id = 'ffffffff-ffff-7fff-bfff-ffffffffffff';
    await holder.send(room, 'report', { loss });
    await supervisor.join(room);
    await supervisor.until(() => supervisor.sight(room)?.view.status === 'triage', 'triage');
    const reserve = { reserve: gbp(500) };
    const first = await supervisor.send(room, 'setReserve', reserve, id);
    for (const amount of [1, 2, 3, 4, 5, 6]) await supervisor.send(room, 'setReserve', { reserve: gbp(amount) });
    assert.deepEqual(await supervisor.send(room, 'setReserve', reserve, id), { ...first, repeated: true });
    assert.equal(supervisor.sight(room)!.view.reserve.amount, 6);
  });
});
