/** Logins of the main insurance system are good here, asked over HTTP, and its troubles are not ours. */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { defaultLimits } from '../../src/limits.ts';
import { newAuth, password, tokenIn } from '../support/auth.ts';

const customerId = '0190a000-0000-7000-8000-0000000000c1';
const clara = { id: 'C-77', email: 'clara@example.test', name: 'Clara Voss', customerId, secretOfTheirs: 1 };
const claraPassword = 'clara at the main system';
const wrong = { ok: false, code: 'auth/wrong-credentials' };

/** The login of a main system, which knows Clara. */
const newMainSystem = async (t: TestContext, answer?: (request: IncomingMessage, response: ServerResponse) => void) => {
  const asked: { email: string; password: string; authorization?: string | undefined }[] = [];
  const server = createServer((request, response) => {
    if (answer) return answer(request, response);
    let text = '';
    request.on('data', (part) => (text += part));
    request.on('end', () => {
      const body = JSON.parse(text);
      asked.push({ ...body, authorization: request.headers.authorization });
      const isRight = body.email === clara.email && body.password === claraPassword;
      response.writeHead(isRight ? 200 : 401, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isRight ? clara : { error: 'no' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const auth = await newAuth(t, {
    credentialsUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/login`,
    credentialsToken: 'we-are-claimroom',
    limits: { ...defaultLimits, credentialsTimeoutMs: 300 },
  });
  return { auth, asked };
};

describe('a login of the main insurance system', () => {
  test('makes an account at its first use, tied to the customer, and finds it again', async (t) => {
    const { auth, asked } = await newMainSystem(t);
    const first = await auth.sessions.login(' Clara@example.test', claraPassword);
    assert.ok(first.ok);
    assert.deepEqual([first.account.displayName, first.account.roles], ['Clara Voss', ['customer']]);
    const account = await auth.accounts.find(first.account.id);
    assert.deepEqual([account?.customerId, account?.passwordHash, account?.externalId], [customerId, null, 'C-77']);
    const second = await auth.sessions.login(clara.email, claraPassword);
    assert.ok(second.ok && second.account.id === first.account.id);
    assert.deepEqual(await auth.sessions.login(clara.email, 'not that'), wrong);
    assert.ok(asked.every(({ authorization }) => authorization === 'Bearer we-are-claimroom'));
  });

  test('at the same moment on two devices makes one account', async (t) => {
    const { auth } = await newMainSystem(t);
    const both = await Promise.all([1, 2].map(() => auth.sessions.login(clara.email, claraPassword)));
    assert.ok(both.every(({ ok }) => ok));
    assert.equal((await auth.owner.query('select 1 from accounts')).rowCount, 1);
  });

  test('opens no account that has a password here, and never learns that password', async (t) => {
    const { auth, asked } = await newMainSystem(t);
    const { id } = await auth.person({ email: clara.email });
    assert.deepEqual(await auth.sessions.login(clara.email, claraPassword), wrong);
    const own = await auth.sessions.login(clara.email, password);
    assert.ok(own.ok && own.account.id === id);
    assert.deepEqual(await auth.sessions.login(clara.email, 'nearly the password'), wrong);
    assert.ok(
      asked.length > 0 && !JSON.stringify(asked).includes('nearly') && !JSON.stringify(asked).includes(password),
    );
  });

  test('of somebody disabled here does not open', async (t) => {
    const { auth } = await newMainSystem(t);
    const first = await auth.sessions.login(clara.email, claraPassword);
    assert.ok(first.ok);
    await auth.accounts.disable(first.account.id);
    assert.deepEqual(await auth.sessions.login(clara.email, claraPassword), wrong);
  });

  test('that is away is neither yes nor no, and people of our own come in meanwhile', async (t) => {
    for (const answer of [
      (_: IncomingMessage, response: ServerResponse) => void response.writeHead(503).end(),
      (_: IncomingMessage, response: ServerResponse) =>
        void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      (_: IncomingMessage, response: ServerResponse) => void response.writeHead(200).end('{"id":'),
      (_: IncomingMessage, response: ServerResponse) =>
        void response.writeHead(200).end(JSON.stringify({ id: '', email: 1 })),
      (_: IncomingMessage, response: ServerResponse) => void response.writeHead(200).end('x'.repeat(100_000)),
      () => {},
    ]) {
      const { auth } = await newMainSystem(t, answer);
      const { email } = await auth.person();
      assert.deepEqual(await auth.sessions.login(clara.email, claraPassword), { ok: false, code: 'unavailable' });
      assert.equal((await auth.sessions.login(email, password)).ok, true);
    }
  });

  test('is recovered there: the letter says so, and holds no link', async (t) => {
    const { auth } = await newMainSystem(t);
    await auth.sessions.login(clara.email, claraPassword);
    await auth.recovery.forgot(clara.email);
    const [letter] = await auth.letters();
    assert.equal(letter?.to, clara.email);
    assert.throws(() => tokenIn(letter));
  });
});
