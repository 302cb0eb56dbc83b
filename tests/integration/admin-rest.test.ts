import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test, type TestContext } from 'node:test';
import { auditSoon, recorded } from '../support/audit.ts';
import { newPerson, newServer, post, type Who } from '../support/server.ts';
import { connectSocket, newSocket, refusalOf } from '../support/socket.ts';

const newOffice = async (t: TestContext) => {
  const server = await newServer(t, { limits: { ...auditSoon, savedViewsPerAccountMax: 3 } });
  const as = (token: string) => async (method: string, path: string, json?: unknown) => {
    const response = await fetch(`${server.url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(json !== undefined && { 'content-type': 'application/json' }) },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    return { status: response.status, json: (await response.json()) as any };
  };
  const person = async (who: Who) => {
    const made = await newPerson(server, who);
    return { ...made, ask: as(made.token) };
  };
  return { server, as, person, admin: await person({ roles: ['administrator'] }) };
};
const told = ({ status, json }: { status: number; json: any }) => [status, json.code];

describe('roles', () => {
  const trainee = { name: 'trainee', summary: 'Looks on.', permissions: ['boards.read', 'policies.read'] };

  test('are made of named permissions, changed under those who have them, and removed when nobody has', async (t) => {
    const { server, admin, person } = await newOffice(t);
    assert.equal((await admin.ask('POST', '/admin/roles', trainee)).status, 201);
    assert.deepEqual(told(await admin.ask('POST', '/admin/roles', trainee)), [409, 'role/name-taken']);
    const learner = await person({ roles: ['trainee'] });
    assert.equal((await learner.ask('GET', '/policies')).status, 200);
    const { json } = await admin.ask('PUT', '/admin/roles/trainee', {
      summary: 'Looks on.',
      permissions: ['policies.import'],
    });
    assert.deepEqual(json.permissions, ['policies.import']);
    await recorded(server, ({ action }) => action === 'authz_change');
    for (const late = Date.now() + 3_000; (await learner.ask('GET', '/me')).json.permissions[0] !== 'policies.import'; )
      assert.ok(Date.now() < late, 'within a second or so');
    assert.deepEqual(told(await admin.ask('DELETE', '/admin/roles/trainee')), [409, 'role/in-use']);
    await admin.ask('PATCH', `/admin/users/${learner.id}`, { roles: ['marketer'] });
    assert.equal((await admin.ask('DELETE', '/admin/roles/trainee')).status, 200);
    assert.deepEqual(told(await admin.ask('DELETE', '/admin/roles/trainee')), [404, 'not-found']);
    const [changed] = await recorded(
      server,
      ({ action, object }) => action === 'authz_change' && object === 'role/trainee',
    );
    assert.deepEqual(
      [changed!.before.permissions, changed!.after.permissions],
      [['boards.read', 'policies.read'], ['policies.import']],
    );
  });

  test('that are built in are read only, and none holds more than its maker may give', async (t) => {
    const { admin, person } = await newOffice(t);
    assert.equal((await admin.ask('PUT', '/admin/roles/agent', { summary: 'x', permissions: [] })).status, 400);
    assert.equal((await admin.ask('DELETE', '/admin/roles/agent')).status, 400);
    assert.equal((await admin.ask('POST', '/admin/roles', { ...trainee, name: 'system' })).status, 400);
    assert.equal((await admin.ask('POST', '/admin/roles', { ...trainee, permissions: ['everything'] })).status, 400);
    assert.deepEqual(told(await admin.ask('POST', '/admin/roles', { ...trainee, permissions: ['audit.export'] })), [
      403,
      'role/not-yours-to-give',
    ]);
    await admin.ask('POST', '/admin/roles', {
      name: 'role-keeper',
      summary: 'Keeps roles.',
      permissions: ['roles.manage', 'roles.read'],
    });
    const keeper = await person({ roles: ['role-keeper'] });
    assert.deepEqual(told(await keeper.ask('POST', '/admin/roles', { ...trainee, permissions: ['users.manage'] })), [
      403,
      'role/not-yours-to-give',
    ]);
    const { json } = await keeper.ask('GET', '/admin/roles');
    assert.ok(json.roles.length > 10 && json.permissions.length >= 25);
  });
});

describe('settings', () => {
  test('are changed on top of what one has seen, kept with their past, and in effect at once', async (t) => {
    const { server, admin, person } = await newOffice(t);
    const put = (name: string, value: unknown, version: number) =>
      admin.ask('PUT', `/admin/settings/${name}`, { value, version });
    assert.equal((await put('notice.text', 'Down at six.', 0)).json.version, 1);
    assert.deepEqual(told(await put('notice.text', 'Down at seven.', 0)), [412, 'stale']);
    const both = await Promise.all([put('notice.text', 'Seven.', 1), put('notice.text', 'Eight.', 1)]);
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 412],
    );
    assert.equal((await put('tokens.daysMax', 0, 0)).status, 400);
    assert.equal((await put('tokens.daysMax', '30', 0)).status, 400);
    assert.equal((await put('no.such', true, 0)).status, 400);
    assert.equal((await admin.ask('GET', '/admin/settings/notice.text/history')).json.versions.length, 2);
    assert.match((await admin.ask('GET', '/me')).json.notice, /Seven|Eight/);
    const [shown] = (await admin.ask('GET', '/admin/settings')).json.settings;
    assert.deepEqual(Object.keys(shown).toSorted(), [
      'changedAt',
      'changedBy',
      'name',
      'schema',
      'standard',
      'summary',
      'value',
      'version',
    ]);
    await put('registration.open', false, 0);
    const register = { email: 'new@example.test', password: 'correct horse battery staple', displayName: 'New' };
    const { json } = await post(server, '/api/auth/register', register);
    assert.equal(json.code, 'auth/by-invitation');
    const supervisor = await person({ roles: ['supervisor'] });
    assert.equal((await supervisor.ask('GET', '/admin/settings')).status, 200);
    assert.deepEqual(told(await supervisor.ask('PUT', '/admin/settings/notice.text', { value: '', version: 2 })), [
      403,
      'forbidden',
    ]);
    assert.equal((await recorded(server, ({ action }) => action === 'setting.changed', 3)).length, 3);
  });
});

describe('a token for a program', () => {
  const wanted = { name: 'Policy import', scopes: ['policies.read', 'policies.import'], days: 30 };

  test('opens what it names on REST and sockets, and nothing else, until it is revoked', async (t) => {
    const { server, admin, as } = await newOffice(t);
    const { status, json } = await admin.ask('POST', '/admin/tokens', wanted);
    assert.equal(status, 201);
    assert.match(json.token, /^crt_[\w-]{43}$/);
    const program = as(json.token);
    assert.equal((await program('GET', '/policies')).status, 200);
    assert.equal((await program('POST', '/policies/import', { policies: [{}] })).status, 200);
    assert.deepEqual(told(await program('GET', '/admin/users')), [403, 'forbidden']);
    assert.deepEqual(told(await program('POST', '/me/views', { place: 'claims', name: 'x', query: {} })), [
      403,
      'forbidden',
    ]);
    const socket = await newSocket(t, server, { token: json.token });
    assert.equal((await socket.join('board/claims')).ok, false, 'boards are not in its scopes');
    const [imported] = await recorded(server, ({ object, actor }) => object === 'policies/import' && actor === json.id);
    assert.deepEqual([imported!.onBehalf, imported!.session], [admin.id, json.id]);

    const listed = (await admin.ask('GET', '/admin/tokens')).json.tokens;
    assert.deepEqual([listed.length, 'token' in listed[0], typeof listed[0].usedAt], [1, false, 'string']);
    const stored = await server.sql<{ row: string }>('select to_jsonb(t)::text as row from service_tokens t');
    assert.ok(!stored[0]!.row.includes(json.token), 'only its hash is kept');
    const before = Date.now();
    assert.equal((await admin.ask('DELETE', `/admin/tokens/${json.id}`)).status, 200);
    await socket.closed();
    assert.ok(Date.now() - before < 1_500);
    assert.deepEqual(told(await program('GET', '/policies')), [401, 'unauthorized']);
    assert.equal(await refusalOf(connectSocket(t, server, { token: json.token })), 'unauthorized');
    assert.deepEqual(told(await admin.ask('DELETE', `/admin/tokens/${json.id}`)), [404, 'not-found']);
    const entries = await recorded(server, ({ object }) => object === `service/${json.id}`, 2);
    assert.deepEqual(
      entries.map(({ action, actor }) => [action, actor]),
      [
        ['authn_token_created', admin.id],
        ['authn_token_revoked', admin.id],
      ],
    );
    assert.doesNotMatch(JSON.stringify(entries), /crt_/);
  });

  test('revoked by hand in the database is out within two seconds', async (t) => {
    const { server, admin, as } = await newOffice(t);
    const { json } = await admin.ask('POST', '/admin/tokens', wanted);
    const program = as(json.token);
    assert.equal((await program('GET', '/policies')).status, 200);
    await server.sql('update service_tokens set revoked_at = now()');
    for (const late = Date.now() + 2_500; (await program('GET', '/policies')).status !== 401; )
      assert.ok(Date.now() < late, 'it is noticed');
  });

  test('is over on its day, holds no more than its maker, and one that is made up opens nothing', async (t) => {
    const { server, admin, as, person } = await newOffice(t);
    const { json } = await admin.ask('POST', '/admin/tokens', wanted);
    await server.sql(`update service_tokens set expires_at = now() - interval '1 second'`);
    assert.deepEqual(told(await as(json.token)('GET', '/policies')), [401, 'unauthorized']);
    for (const scopes of [['claims.handle'], ['audit.export'], ['policies.read', 'users.manage', 'claims.own']])
      assert.deepEqual(told(await admin.ask('POST', '/admin/tokens', { ...wanted, scopes })), [
        403,
        'token/not-yours-to-give',
      ]);
    for (const body of [
      { ...wanted, scopes: [] },
      { ...wanted, scopes: ['system.act'] },
      { ...wanted, days: 366 },
      { ...wanted, days: 0 },
      { ...wanted, name: '' },
    ])
      assert.deepEqual(told(await admin.ask('POST', '/admin/tokens', body)), [400, 'invalid']);
    for (const token of ['crt_', `crt_${'a'.repeat(43)}`, `crt_${'a'.repeat(4_000)}`, `${json.token}a`])
      assert.equal((await as(token)('GET', '/policies')).status, 401);
    const agent = await person({ roles: ['agent'] });
    assert.deepEqual(told(await agent.ask('POST', '/admin/tokens', wanted)), [403, 'forbidden']);
  });
});

describe('oneself', () => {
  test('says who one is and what one may do', async (t) => {
    const { person } = await newOffice(t);
    const agent = await person({ roles: ['agent'], limits: { reserve: 5, payment: 6 } });
    const { json } = await agent.ask('GET', '/me');
    assert.deepEqual(
      [json.id, json.email, json.roles, json.agentId, json.limits],
      [agent.id, agent.email, ['agent'], agent.agentId, { reserve: 5, payment: 6 }],
    );
    assert.ok(json.permissions.includes('claims.handle') && !json.permissions.includes('claims.supervise'));
  });

  test('keeps views of lists, a few of them, that nobody else sees', async (t) => {
    const { person } = await newOffice(t);
    const [one, two] = [await person({ roles: ['agent'] }), await person({ roles: ['agent'] })];
    const view = { place: 'claims', name: 'Mine', query: { handler: 'me', sort: '-reserve' } };
    const saved = await one.ask('POST', '/me/views', view);
    assert.equal(saved.status, 201);
    assert.deepEqual(told(await one.ask('POST', '/me/views', view)), [409, 'view/name-taken']);
    assert.equal((await two.ask('POST', '/me/views', view)).status, 201, 'names are one’s own');
    const { id } = saved.json;
    assert.deepEqual((await one.ask('PUT', `/me/views/${id}`, { ...view, name: 'My own' })).json, {
      id,
      ...view,
      name: 'My own',
    });
    assert.deepEqual(told(await two.ask('PUT', `/me/views/${id}`, view)), [404, 'not-found']);
    assert.deepEqual(told(await two.ask('DELETE', `/me/views/${id}`)), [404, 'not-found']);
    for (const name of ['b', 'c']) assert.equal((await one.ask('POST', '/me/views', { ...view, name })).status, 201);
    assert.deepEqual(told(await one.ask('POST', '/me/views', { ...view, name: 'd' })), [409, 'view/too-many']);
    assert.equal((await one.ask('DELETE', `/me/views/${id}`)).status, 200);
    assert.deepEqual(
      (await one.ask('GET', '/me/views')).json.views.map((each: any) => each.name),
      ['b', 'c'],
    );
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`a${'b'.repeat(i)}`, 'x']));
    for (const query of [{ 'not a name': 'x' }, { a: 'x'.repeat(201) }, { a: 1 }, many])
      assert.deepEqual(told(await one.ask('POST', '/me/views', { ...view, query })), [400, 'invalid']);
    assert.deepEqual(told(await one.ask('DELETE', `/me/views/${randomUUID()}`)), [404, 'not-found']);
  });

  test('is told by what one wants to be told', async (t) => {
    const { server, person } = await newOffice(t);
    const holder = await person({});
    const { json } = await holder.ask('GET', '/me/notifications');
    assert.deepEqual([json.messages.email, json.news.email], [true, false]);
    const wanted = { ...json, news: { email: true, push: false, inApp: false } };
    assert.equal((await holder.ask('PUT', '/me/notifications', wanted)).status, 200);
    assert.deepEqual((await holder.ask('GET', '/me/notifications')).json, wanted);
    assert.equal((await holder.ask('PUT', '/me/notifications', { ...wanted, more: 1 })).status, 400);
    const changes = await recorded(server, ({ object }) => object === 'me/notifications', 2);
    assert.deepEqual(
      changes.map(({ outcome }) => outcome),
      ['done', 'refused'],
    );
  });
});
