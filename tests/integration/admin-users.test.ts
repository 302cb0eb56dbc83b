import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test, type TestContext } from 'node:test';
import { auditSoon, recorded, verified } from '../support/audit.ts';
import { newPerson, newServer, type Person, type TestServer } from '../support/server.ts';
import { newSocket } from '../support/socket.ts';

const call = async (server: TestServer, by: Person, method: string, path: string, json?: unknown) => {
  const response = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${by.token}`, ...(json !== undefined && { 'content-type': 'application/json' }) },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  return { status: response.status, json: (await response.json()) as any };
};
const newOffice = async (t: TestContext) => {
  const server = await newServer(t, { limits: auditSoon });
  const admin = await newPerson(server, { roles: ['administrator'] });
  const other = await newPerson(server, { roles: ['administrator'] });
  const as = (by: Person) => (method: string, path: string, json?: unknown) =>
    call(server, by, method, `/api/admin${path}`, json);
  return { server, admin, other, as, ask: as(admin) };
};
const told = ({ status, json }: { status: number; json: any }) => [status, json.code];

describe('looking after accounts', () => {
  test('they are found by name, address, role and state, page by page', async (t) => {
    const { server, ask } = await newOffice(t);
    for (let i = 0; i < 5; i++) await newPerson(server, { roles: ['agent'] });
    const names: string[] = [];
    for (let next = ''; ; ) {
      const { status, json } = await ask('GET', `/users?role=agent&limit=2${next && `&after=${next}`}`);
      assert.equal(status, 200);
      names.push(...json.accounts.map(({ id }: { id: string }) => id));
      if (!json.next) break;
      next = json.next;
    }
    assert.deepEqual([names.length, new Set(names).size], [5, 5]);
    const { json } = await ask('GET', '/users?q=admin');
    assert.deepEqual(
      json.accounts.map(({ roles }: any) => roles),
      [['administrator'], ['administrator']],
    );
    assert.deepEqual((await ask('GET', '/users?q=%25')).json.accounts, [], 'a wildcard is a letter');
    assert.doesNotMatch(JSON.stringify(json), /argon2|password/i);
    assert.deepEqual(told(await ask('GET', '/users?after=x')), [400, 'invalid']);
  });

  test('one is made by inviting its owner, and taken back while nobody has come', async (t) => {
    const { server, admin, ask } = await newOffice(t);
    const email = `${randomUUID()}@example.test`;
    const invited = await ask('POST', '/users', { email, displayName: 'Ines New', roles: ['agent'] });
    assert.deepEqual([invited.status, invited.json.state], [201, 'invited']);
    const { id } = invited.json;
    assert.deepEqual(told(await ask('POST', '/invitations', { email, displayName: 'Ines New', roles: ['agent'] })), [
      409,
      'account/email-taken',
    ]);
    assert.deepEqual(
      (await ask('GET', '/invitations')).json.invitations.map((each: any) => each.id),
      [id],
    );
    assert.equal((await ask('POST', `/invitations/${id}/resend`)).status, 200);
    assert.equal((await ask('DELETE', `/invitations/${id}`)).status, 200);
    assert.deepEqual(told(await ask('POST', `/invitations/${id}/resend`)), [409, 'account/not-invited']);
    assert.equal((await ask('GET', `/users/${id}`)).json.state, 'disabled');
    const [entry] = await recorded(server, ({ action }) => action === 'user_invited');
    assert.deepEqual([entry!.actor, entry!.object, entry!.after.roles], [admin.id, `account/${id}`, ['agent']]);
    assert.doesNotMatch(JSON.stringify(entry), /Ines|example\.test/);
  });

  test('roles and limits change at once, also on an open socket, and the audit has what was before and is now', async (t) => {
    const { server, admin, ask } = await newOffice(t);
    const agent = await newPerson(server, { roles: ['agent'], limits: { reserve: 100, payment: 100 } });
    const socket = await newSocket(t, server, agent);
    assert.equal((await socket.join('board/claims')).ok, true);
    const changed = await ask('PATCH', `/users/${agent.id}`, {
      roles: ['marketer'],
      limits: { reserve: 0, payment: 0 },
    });
    assert.deepEqual([changed.status, changed.json.roles], [200, ['marketer']]);
    await socket.until(() => socket.sight('board/claims') === undefined, 'it is sent out of the board');
    const [entry] = await recorded(server, ({ action }) => action === 'authz_change');
    assert.deepEqual([entry!.actor, entry!.object], [admin.id, `account/${agent.id}`]);
    assert.deepEqual(entry!.before, { roles: ['agent'], limits: { reserve: 100, payment: 100 } });
    assert.deepEqual(entry!.after, { roles: ['marketer'], limits: { reserve: 0, payment: 0 } });
  });

  test('one that is disabled is out within a second, everywhere; enabled, it may sign in again', async (t) => {
    const { server, ask } = await newOffice(t);
    const agent = await newPerson(server, { roles: ['agent'] });
    const socket = await newSocket(t, server, agent);
    const before = Date.now();
    assert.equal((await ask('POST', `/users/${agent.id}/disable`)).json.state, 'disabled');
    await socket.closed();
    assert.ok(Date.now() - before < 1_500, `${Date.now() - before} ms`);
    assert.equal((await agent.get('/api/claims')).status, 401);
    assert.equal((await agent.signIn()).status, 401);
    assert.equal((await ask('POST', `/users/${agent.id}/enable`)).json.state, 'active');
    assert.equal((await agent.signIn()).status, 200);
    assert.equal((await ask('POST', `/users/${agent.id}/unlock`)).status, 200);
    assert.equal((await ask('POST', `/users/${agent.id}/reset`)).status, 200);
    assert.deepEqual(told(await ask('POST', `/users/${randomUUID()}/disable`)), [404, 'not-found']);
    const actions = await recorded(
      server,
      ({ object, actor }) => object === `account/${agent.id}` && actor !== agent.id,
      4,
    );
    assert.deepEqual(
      actions.map(({ action }) => action),
      ['user_disabled', 'user_enabled', 'authn_login_unlock', 'authn_recovery_sent'],
    );
    assert.deepEqual((await verified(server.databaseUrl)).faults, []);
  });

  test('nobody changes their own, and the last administrator stays, also when two disable each other', async (t) => {
    const { admin, other, ask, as } = await newOffice(t);
    assert.deepEqual(told(await ask('PATCH', `/users/${admin.id}`, { roles: ['administrator', 'agent'] })), [
      403,
      'account/own',
    ]);
    assert.deepEqual(told(await ask('POST', `/users/${admin.id}/disable`)), [403, 'account/own']);
    const both = await Promise.all([
      ask('POST', `/users/${other.id}/disable`),
      as(other)('PATCH', `/users/${admin.id}`, { roles: ['marketer'] }),
    ]);
    const codes = both.map(({ status, json }) => json.code ?? status);
    assert.equal(codes.filter((code) => code === 200).length, 1, codes.join());
    assert.ok(
      codes.some((code) => ['account/last-administrator', 'unauthorized', 'forbidden'].includes(code)),
      codes.join(),
    );
  });

  test('the last one that can sign in stays, whoever else was invited', async (t) => {
    const { server, admin, other, ask } = await newOffice(t);
    await ask('POST', '/users', {
      email: `${randomUUID()}@example.test`,
      displayName: 'Later',
      roles: ['administrator'],
    });
    // Somebody who may manage accounts and give all an administrator has, and is none.
    await server.sql(
      `insert into roles (name, permissions) select 'deputy', array(select distinct unnest($1::text[]))`,
      [
        [
          'users.read',
          'users.manage',
          'users.invite',
          'roles.read',
          'roles.manage',
          'sessions.manage',
          'tokens.manage',
          'settings.read',
          'settings.manage',
          'policies.read',
          'policies.import',
          'agents.read',
          'audit.read',
        ],
      ],
    );
    const deputy = await newPerson(server, { roles: ['deputy'] });
    const by = (path: string, json?: unknown) =>
      call(server, deputy, json ? 'PATCH' : 'POST', `/api/admin${path}`, json);
    assert.equal((await ask('POST', `/users/${other.id}/disable`)).status, 200);
    assert.deepEqual(told(await by(`/users/${admin.id}/disable`)), [409, 'account/last-administrator']);
    assert.deepEqual(told(await by(`/users/${admin.id}`, { roles: ['agent'] })), [409, 'account/last-administrator']);
    assert.equal((await ask('GET', '/users')).status, 200, 'nothing of it happened');
  });

  test('nobody gives, or takes away, what they could not give', async (t) => {
    const { server, admin } = await newOffice(t);
    await server.sql(
      `insert into roles (name, permissions) values ('lead', '{users.read,users.manage,users.invite,policies.own,documents.read,claims.own}')`,
    );
    const lead = await newPerson(server, { roles: ['lead'] });
    const customer = await newPerson(server);
    const ask = (method: string, path: string, json?: unknown) => call(server, lead, method, `/api/admin${path}`, json);
    const account = { email: `${randomUUID()}@example.test`, displayName: 'X' };
    for (const roles of [['administrator'], ['supervisor'], ['customer', 'agent'], ['nobody']])
      assert.deepEqual(
        told(await ask('POST', '/users', { ...account, roles })),
        [403, 'account/not-yours-to-give'],
        roles.join(),
      );
    assert.deepEqual(told(await ask('PATCH', `/users/${customer.id}`, { roles: ['administrator'] })), [
      403,
      'account/not-yours-to-give',
    ]);
    assert.deepEqual(told(await ask('POST', `/users/${admin.id}/disable`)), [403, 'account/not-yours-to-give']);
    assert.deepEqual(told(await ask('POST', `/users/${admin.id}/reset`)), [403, 'account/not-yours-to-give']);
    const limits = { reserve: 1, payment: 0 };
    assert.deepEqual(told(await ask('PATCH', `/users/${customer.id}`, { limits })), [403, 'account/not-yours-to-give']);
    assert.deepEqual(told(await ask('POST', '/users', { ...account, roles: ['customer'], limits })), [
      403,
      'account/not-yours-to-give',
    ]);
    assert.equal((await ask('PATCH', `/users/${customer.id}`, { displayName: 'Carla' })).status, 200);
    assert.equal((await ask('POST', '/roles', { name: 'x', summary: 'x', permissions: [] })).status, 403);
    const refused = await recorded(server, ({ actor, outcome }) => actor === lead.id && outcome === 'refused', 8);
    assert.ok(refused.length >= 8, 'all of it is in the audit');
  });

  test('is for those who may, and its input is checked', async (t) => {
    const { server, admin, ask } = await newOffice(t);
    const supervisor = await newPerson(server, { roles: ['supervisor'] });
    for (const [method, path] of [
      ['GET', '/users'],
      ['GET', `/users/${admin.id}`],
      ['GET', '/invitations'],
      ['GET', `/sessions?accountId=${admin.id}`],
      ['GET', '/roles'],
      ['GET', '/tokens'],
    ] as const)
      assert.deepEqual(told(await call(server, supervisor, method, `/api/admin${path}`)), [403, 'forbidden'], path);
    for (const body of [
      { email: 'x', displayName: 'X', roles: ['agent'] },
      { email: 'a@b.test', displayName: 'X', roles: [] },
      { email: 'a@b.test', displayName: 'X', roles: ['system'] },
      { email: 'a@b.test', displayName: 'X', roles: ['agent'], password: 'correct horse battery' },
      { email: 'a@b.test', displayName: 'X', roles: ['agent'], limits: { reserve: -1, payment: 0 } },
    ])
      assert.deepEqual(told(await ask('POST', '/users', body)), [400, 'invalid'], JSON.stringify(body));
  });
});

test('sessions of others are seen and ended, and their sockets close', async (t) => {
  const { server, admin, ask } = await newOffice(t);
  const agent = await newPerson(server, { roles: ['agent'] });
  await agent.signIn();
  const socket = await newSocket(t, server, agent);
  const { json } = await ask('GET', `/sessions?accountId=${agent.id}`);
  assert.equal(json.sessions.length, 2);
  const before = Date.now();
  assert.equal((await ask('DELETE', `/sessions?accountId=${agent.id}`)).json.ended, 2);
  await socket.closed();
  assert.ok(Date.now() - before < 1_500);
  assert.equal((await agent.get('/api/claims')).status, 401);
  assert.deepEqual(told(await ask('DELETE', `/sessions/${json.sessions[0].id}?accountId=${agent.id}`)), [
    404,
    'not-found',
  ]);
  const [entry] = await recorded(server, ({ action }) => action === 'session.end');
  assert.deepEqual([entry!.actor, entry!.object], [admin.id, `account/${agent.id}`]);
});
