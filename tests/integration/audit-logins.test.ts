import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditSoon, recorded } from '../support/audit.ts';
import { newPerson, newServer, post } from '../support/server.ts';

test('logins are in the audit, those that fail, too, with where they came from and not what was typed', async (t) => {
  const server = await newServer(t, { limits: auditSoon });
  const person = await newPerson(server, { roles: ['agent'] });
  const headers = { 'user-agent': 'Desk/2.0' };
  const typed = 'not the password at all';
  const login = (email: string, password: string) =>
    post(server, '/api/auth/login', { email, password, client: 'api' }, headers);
  assert.equal((await login(person.email, typed)).status, 401);
  assert.equal((await login('nobody-we-know@example.test', typed)).status, 401);
  const { json } = await login(person.email, 'correct horse battery staple');
  const used = json.refreshToken as string;
  const next = await post(server, '/api/auth/refresh', { refreshToken: used }, headers);
  await post(server, '/api/auth/refresh', { refreshToken: next.json.refreshToken }, headers);
  await server.sql(`update refresh_tokens set used_at = used_at - interval '1 minute' where used_at is not null`);
  assert.equal((await post(server, '/api/auth/refresh', { refreshToken: used }, headers)).status, 401);

  const failed = await recorded(server, ({ action }) => action === 'authn_login_fail', 2);
  assert.deepEqual(
    failed.map(({ actor, outcome, device }) => [actor, outcome, device]),
    [
      [person.id, 'refused', 'Desk/2.0'],
      ['anonymous', 'refused', 'Desk/2.0'],
    ],
  );
  const [won] = await recorded(
    server,
    ({ action, device }) => action === 'authn_login_success' && device === 'Desk/2.0',
  );
  assert.deepEqual([won!.actor, won!.object, won!.outcome], [person.id, `account/${person.id}`, 'done']);
  assert.match(won!.address, /127\.0\.0\.1$/);
  const [reused] = await recorded(server, ({ action }) => action === 'authn_token_reuse');
  assert.deepEqual([reused!.actor, reused!.outcome], [person.id, 'refused']);
  const all = JSON.stringify(await recorded(server, () => true));
  for (const secret of [typed, used, person.email, 'nobody-we-know']) assert.ok(!all.includes(secret), secret);
});

test('a forged token and one that has ended are refused, and that is recorded', async (t) => {
  const server = await newServer(t, { limits: auditSoon });
  const person = await newPerson(server);
  const forged = `${person.token.slice(0, -6)}AAAAAA`;
  const headers = { authorization: `Bearer ${forged}` };
  assert.equal((await fetch(`${server.url}/api/me`, { headers })).status, 401);
  const [entry] = await recorded(server, ({ action }) => action === 'authz_fail');
  assert.deepEqual([entry!.actor, entry!.code, entry!.object], ['anonymous', 'unauthorized', 'me']);
});
