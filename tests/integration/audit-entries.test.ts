import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { describe, test } from 'node:test';
import pg from 'pg';
import { appUrl } from '../../src/store/app-url.ts';
import { auditSoon, entriesOf, recorded, verified } from '../support/audit.ts';
import { loss } from '../support/claim-people.ts';
import { get, newPerson, newServer, type Person } from '../support/server.ts';
import { newSocket } from '../support/socket.ts';

const agent = { roles: ['agent'], limits: { reserve: 1_000_000, payment: 1_000_000 } };

describe('the audit', () => {
  test('tells of a command who sent it, from where, in which session, what came of it, and nothing that was written', async (t) => {
    const server = await newServer(t, { limits: auditSoon });
    const holder = await newPerson(server);
    const id = randomUUIDv7();
    const correlation = randomUUIDv7();
    const headers = { 'x-correlation-id': correlation, 'user-agent': 'Portal/1.0' };
    const filed = await holder.post(
      '/api/claims',
      { id, loss: { ...loss, narrative: 'Rear-ended by Mr Miller.' } },
      headers,
    );
    assert.equal(filed.status, 201);
    const [entry] = await recorded(server, ({ object }) => object === `claim/${id}`);
    const { id: entryId, at, digest, session, address, after, ...rest } = entry!;
    assert.deepEqual(rest, {
      action: 'claim.reported',
      outcome: 'done',
      actor: holder.id,
      object: `claim/${id}`,
      seat: 'holder',
      seq: 1,
      device: 'Portal/1.0',
      correlation,
    });
    assert.match(entryId + digest + session, /^[0-9a-f-]+$/);
    assert.match(address, /127\.0\.0\.1$/);
    assert.match(at, /^\d{4}-\d{2}-\d{2}T[\d:.]{12}Z$/);
    assert.equal(after.loss.peril, 'collision');
    assert.doesNotMatch(JSON.stringify(entry), /Miller|Leeds|lights/);
    assert.equal((await recorded(server, (each) => each.correlation === correlation)).length, 1, 'once, not twice');
  });

  test('knows a socket by its connection: what it sends bears the id under which the connection was recorded', async (t) => {
    const server = await newServer(t, { limits: auditSoon });
    const holder = await newPerson(server);
    const socket = await newSocket(t, server, holder);
    const room = `claim/${randomUUIDv7()}`;
    assert.equal((await socket.send(room, 'startDraft', { loss: {} })).ok, true);
    const [connected] = await recorded(server, ({ action }) => action === 'socket_connect');
    const [begun] = await recorded(server, ({ object }) => object === room);
    assert.equal(connected!.actor, holder.id);
    assert.equal(begun!.correlation, connected!.correlation);
    assert.equal(begun!.session, connected!.session);
    const [stored] = await server.sql<{ correlation_id: string }>(
      'select correlation_id from room_event where room = $1',
      [room],
    );
    assert.equal(
      stored!.correlation_id,
      connected!.correlation,
      'also in the journal, should we die before it is recorded',
    );
  });

  test('has every event of every room once, in order, also those a dead process left behind', async (t) => {
    const server = await newServer(t, { limits: { ...auditSoon, auditBatchMax: 3, auditSweepEveryMs: 50 } });
    const [holder, other] = [await newPerson(server), await newPerson(server)];
    const ids = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
    for (const id of ids) {
      await holder.post('/api/claims', { id, loss });
      for (let i = 0; i < 4; i++)
        await holder.post(`/api/claims/${id}/commands/sendMessage`, { id: randomUUIDv7(), text: `No. ${i}` });
    }
    // As another process would have written it: this one's memory knows nothing of it.
    const left = `claim/${randomUUIDv7()}`;
    await server.sql(`insert into room_head values ($1, 'claim', 1, 'dead', 1)`, [left]);
    await server.sql(
      `insert into room_event values ($1, 1, 1, 'draftStarted', 1, '{}', $2, 'holder', now(), null, null, null)`,
      [left, other.id],
    );
    await recorded(server, ({ object }) => object === left);
    const ours = await recorded(server, ({ seq }) => seq !== undefined, 16);
    for (const id of ids)
      assert.deepEqual(
        ours.filter(({ object }) => object === `claim/${id}`).map(({ seq }) => seq),
        await server
          .sql<{ seq: string }>('select seq from room_event where room = $1 order by seq', [`claim/${id}`])
          .then((events) => events.map(({ seq }) => Number(seq))),
      );
    assert.deepEqual(
      ours.filter(({ object }) => object === left).map(({ actor }) => actor),
      [other.id],
    );
    const { faults, behind } = await verified(server.databaseUrl);
    assert.deepEqual([faults, behind], [[], 0]);
  });

  test('is whole when the server has stopped', async (t) => {
    const server = await newServer(t, { limits: { auditFlushMs: 60_000, auditRoomsEveryMs: 60_000 } });
    const holder = await newPerson(server);
    const id = randomUUIDv7();
    await holder.post('/api/claims', { id, loss });
    await get(server, `/api/claims/${id}`, { authorization: 'Bearer x.y.z' });
    await server.stop();
    const actions = (await entriesOf(server)).map(({ action }) => action);
    assert.ok(actions.includes('claim.reported') && actions.includes('authz_fail'), actions.join());
    assert.equal((await verified(server.databaseUrl)).behind, 0);
  });

  test('records who is turned away: what they may not do, and what is hidden from them', async (t) => {
    const server = await newServer(t, { limits: auditSoon });
    const [holder, stranger, staff] = [
      await newPerson(server),
      await newPerson(server),
      await newPerson(server, agent),
    ];
    const id = randomUUIDv7();
    await holder.post('/api/claims', { id, loss });
    assert.equal((await stranger.get(`/api/claims/${id}`)).status, 404);
    assert.equal((await holder.post(`/api/claims/${id}/commands/setReserve`, {})).status, 403);
    assert.equal((await staff.post('/api/policies/import', { policies: [{}] })).status, 403);
    const socket = await newSocket(t, server, stranger);
    assert.equal((await socket.join(`claim/${id}`)).ok, false);
    const refused = await recorded(server, ({ action }) => action === 'authz_fail', 4);
    const told = refused.map(({ actor, code, object, details }) => [actor, code, object, details.what]);
    assert.deepEqual(told, [
      [stranger.id, 'not-found', `claim/${id}`, 'read'],
      [holder.id, 'forbidden', `claim/${id}`, 'setReserve'],
      [staff.id, 'forbidden', 'policies/import', 'post /api/policies/import'],
      [stranger.id, 'not-found', `claim/${id}`, 'join'],
    ]);
    assert.ok(refused.every(({ outcome, address }) => outcome === 'refused' && address));
  });

  test('records what failed and what a rule refused, so that every attempt to change something has an outcome', async (t) => {
    const server = await newServer(t, { limits: auditSoon });
    const [holder, admin] = [await newPerson(server), await newPerson(server, { roles: ['administrator'] })];
    const id = randomUUIDv7();
    await holder.post('/api/claims', { id, loss });
    assert.equal((await holder.post(`/api/claims/${id}/commands/rate`, { stars: 5 })).status, 409);
    assert.equal((await admin.post('/api/admin/invitations', { email: 'x' })).status, 400);
    await server.sql('alter table saved_views rename to saved_views_away');
    assert.equal((await holder.post('/api/me/views', { place: 'claims', name: 'Mine', query: {} })).status, 500);
    await server.sql('alter table saved_views_away rename to saved_views');
    const told = await recorded(server, ({ outcome }) => outcome !== 'done', 3);
    assert.deepEqual(
      told.map(({ actor, action, outcome, code }) => [actor, action, outcome, code]),
      [
        [holder.id, 'claim.rate', 'refused', 'claim/not-now'],
        [admin.id, 'post /api/admin/invitations', 'refused', 'invalid'],
        [holder.id, 'post /api/me/views', 'failed', 'internal'],
      ],
    );
  });

  test('counts rather than records what is tried over and over', async (t) => {
    const server = await newServer(t, { limits: { ...auditSoon, auditSeldomPerMinuteMax: 5 } });
    const [one, two] = [await newPerson(server), await newPerson(server)];
    for (let i = 0; i < 12; i++) assert.equal((await one.get(`/api/claims/${randomUUIDv7()}`)).status, 404);
    assert.equal((await two.get(`/api/claims/${randomUUIDv7()}`)).status, 404);
    await server.stop();
    const refused = (await entriesOf(server)).filter(({ action }) => action === 'authz_fail');
    const of = (person: { id: string }) => refused.filter(({ actor }) => actor === person.id);
    assert.equal(of(one).length, 6);
    assert.deepEqual(of(one).at(-1)!.details, { leftOut: 7 });
    assert.equal(of(two).length, 1, 'nobody’s noise hides another');
  });

  test('outlives a database that is away, and says so if something was lost', async (t) => {
    const server = await newServer(t, { limits: { ...auditSoon, auditWaitingMax: 3 } });
    const people: Person[] = [];
    for (let i = 0; i < 6; i++) people.push(await newPerson(server));
    await recorded(server, ({ action }) => action === 'session_created', 6);
    await server.sql('alter function audit_append(json) rename to audit_append_away');
    for (const person of people) await person.get(`/api/claims/${randomUUIDv7()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await server.sql('alter function audit_append_away(json) rename to audit_append');
    const [lost] = await recorded(server, ({ action }) => action === 'audit.lost');
    assert.equal(lost!.details.count, 3);
    assert.equal((await recorded(server, ({ action }) => action === 'authz_fail', 3)).length, 3);
  });

  test('takes text as text: what a client calls itself can neither break it nor forge a line of it', async (t) => {
    const server = await newServer(t, { limits: auditSoon });
    const holder = await newPerson(server);
    const device = `x","actor":"system","y":"\\u0000 \\' ${'long '.repeat(200)}`;
    await holder.post('/api/claims', { id: randomUUIDv7(), loss }, { 'user-agent': device });
    const [entry] = await recorded(server, ({ action }) => action === 'claim.reported');
    assert.equal(entry!.actor, holder.id);
    assert.equal(entry!.device, device.slice(0, 300));
  });

  test('is only ever added to by the server’s role, and only at its end', async (t) => {
    const server = await newServer(t, { limits: auditSoon });
    await newPerson(server).then((person) => person.get(`/api/claims/${randomUUIDv7()}`));
    await recorded(server, () => true);
    const client = new pg.Client({ connectionString: appUrl(server.databaseUrl) });
    await client.connect();
    t.after(() => client.end());
    for (const statement of [
      `update audit_entry set body = '{}'`,
      'delete from audit_entry',
      'truncate audit_entry',
      `insert into audit_entry (chain, n, body, hash) values ('2026-11', 99, '{}', '')`,
      'update audit_chain set n = 0',
      `insert into audit_chain values ('9999-12', 0, '', '')`,
      'alter table audit_entry add column x text',
      'drop function audit_append(json)',
    ])
      await assert.rejects(client.query(statement), { code: '42501' }, statement);
    assert.ok((await client.query('select * from audit_entry')).rowCount);
  });
});
