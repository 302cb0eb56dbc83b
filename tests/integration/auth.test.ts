import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import jwt from 'jsonwebtoken';
import { password } from '../support/auth.ts';
import { newRest } from '../support/rest.ts';

const claim = '/api/claims/0190a000-0000-7000-8000-000000000001';
const cookieOf = (headers: Headers) => headers.get('set-cookie')?.split(';', 1)[0] ?? '';

describe('signing in over HTTP', () => {
  test('a browser gets its refresh token in a cookie no script can read, and nowhere else', async (t) => {
    const rest = await newRest(t);
    const { id, email } = await rest.person();
    const { status, headers, json } = await rest.call('POST', '/api/auth/login', { json: { email, password } });
    assert.equal(status, 200);
    assert.match(
      headers.get('set-cookie') ?? '',
      /^rt=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Expires=[^;]+ GMT$/,
    );
    assert.deepEqual(Object.keys(json).sort(), ['accessToken', 'account', 'expiresAt']);
    assert.deepEqual(json.account, { id, displayName: 'Person 1', roles: ['customer'] });
  });

  test('behind HTTPS the cookie is bound to this host', async (t) => {
    const rest = await newRest(t, { trustedProxies: 1 });
    const { email } = await rest.person();
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' };
    const reply = await rest.call('POST', '/api/auth/login', { json: { email, password }, headers });
    assert.match(
      reply.headers.get('set-cookie') ?? '',
      /^__Host-rt=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure; /,
    );
  });

  test('another client gets it in the reply, and no cookie', async (t) => {
    const rest = await newRest(t);
    const { email } = await rest.person();
    const { headers, json } = await rest.call('POST', '/api/auth/login', { json: { email, password, client: 'api' } });
    assert.match(json.refreshToken, /^[\w-]{43}$/);
    assert.equal(headers.get('set-cookie'), null);
  });

  test('a wrong password, an unknown address and a disabled account get the very same answer', async (t) => {
    const rest = await newRest(t);
    const { email } = await rest.person();
    const gone = await rest.person();
    await rest.accounts.disable(gone.id);
    const wrong = await rest.call('POST', '/api/auth/login', { json: { email, password: 'not the password' } });
    const unknown = await rest.call('POST', '/api/auth/login', { json: { email: 'nobody@example.test', password } });
    const disabled = await rest.call('POST', '/api/auth/login', { json: { email: gone.email, password } });
    for (const reply of [wrong, unknown, disabled]) {
      assert.equal(reply.status, 401);
      assert.deepEqual(reply.json, wrong.json);
      assert.equal(reply.json.code, 'auth/wrong-credentials');
    }
  });

  test('after ten wrong passwords the eleventh waits, for this address only', async (t) => {
    const rest = await newRest(t, { trustedProxies: 1 });
    const [ann, bob] = [await rest.person(), await rest.person()];
    const from = (ip: string, email: string, secret: string) =>
      rest.call('POST', '/api/auth/login', { json: { email, password: secret }, headers: { 'x-forwarded-for': ip } });
    for (let i = 0; i < 10; i++) assert.equal((await from('203.0.113.1', ann.email, `wrong ${i}`)).status, 401);
    const eleventh = await from('203.0.113.1', ann.email.toUpperCase(), password);
    assert.equal(eleventh.status, 429);
    assert.equal(eleventh.json.code, 'auth/throttled');
    const waitSeconds = Number(eleventh.headers.get('retry-after'));
    assert.ok(waitSeconds > 40 && waitSeconds <= 60, `${waitSeconds} s`);
    assert.equal((await from('203.0.113.1', bob.email, password)).status, 200);
    assert.equal((await from('203.0.113.2', ann.email, password)).status, 200);
  });

  test('an address that says it came through a proxy is not believed when there is none', async (t) => {
    const rest = await newRest(t);
    const { email } = await rest.person();
    for (let i = 0; i < 10; i++)
      await rest.call('POST', '/api/auth/login', {
        json: { email, password: 'wrong' },
        headers: { 'x-forwarded-for': `203.0.113.${i}` },
      });
    const reply = await rest.call('POST', '/api/auth/login', { json: { email, password } });
    assert.equal(reply.status, 429);
  });
});

describe('an access token over HTTP', () => {
  test('is needed, must be ours, and must not be forged', async (t) => {
    const rest = await newRest(t);
    const me = await rest.signedIn();
    assert.equal((await me.get(claim)).json.code, 'not-found');
    const now = Math.floor(Date.now() / 1_000);
    const sid = JSON.parse(Buffer.from(me.accessToken.split('.')[1] ?? '', 'base64url').toString()).sid;
    const payload = { sub: me.id, sid, iss: 'claimroom', aud: 'claimroom', iat: now, exp: now + 300 };
    const sign = (over: object, kid = rest.keys.kid, key = rest.keys.privateKey) =>
      jwt.sign({ ...payload, ...over }, key, { algorithm: 'ES256', header: { alg: 'ES256', typ: 'at+jwt', kid } });
    assert.equal((await rest.call('GET', claim, { headers: { authorization: `Bearer ${sign({})}` } })).status, 404);

    const publicPem = rest.keys.ring.get(rest.keys.kid)?.export({ type: 'spki', format: 'pem' }).toString() ?? '';
    const [head = '', body = ''] = sign({}).split('.');
    const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');
    const hs = `${part({ alg: 'HS256', typ: 'at+jwt', kid: rest.keys.kid })}.${body}`;
    const forgeries: Record<string, [string | undefined, string]> = {
      none: [undefined, 'missing'],
      'another scheme': ['Basic YTpi', 'missing'],
      'no signature': [`Bearer ${part({ alg: 'none', typ: 'at+jwt', kid: rest.keys.kid })}.${body}.`, 'invalid'],
      'a cut signature': [`Bearer ${head}.${body}.`, 'invalid'],
      'HS256 with our public key': [
        `Bearer ${hs}.${createHmac('sha256', publicPem).update(hs).digest('base64url')}`,
        'invalid',
      ],
      'another kid': [`Bearer ${sign({}, 'other')}`, 'invalid'],
      'another key': [
        `Bearer ${sign({}, rest.keys.kid, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)}`,
        'invalid',
      ],
      'another audience': [`Bearer ${sign({ aud: 'x' })}`, 'invalid'],
      'an expired one': [`Bearer ${sign({ iat: now - 400, exp: now - 100 })}`, 'expired'],
      'of a session there never was': [`Bearer ${sign({ sid: me.id })}`, 'ended'],
      'of nobody': [`Bearer ${sign({ sub: '0190a000-0000-7000-8000-00000000ffff' })}`, 'disabled'],
    };
    for (const [name, [authorization, reason]] of Object.entries(forgeries)) {
      const reply = await rest.call('GET', claim, { headers: { ...(authorization && { authorization }) } });
      assert.equal(reply.status, 401, name);
      assert.equal(reply.headers.get('www-authenticate'), 'Bearer');
      assert.deepEqual([reply.json.code, reply.json.details], ['unauthorized', { reason }], name);
    }
  });

  test('of an account that is disabled opens nothing any more after about a second', async (t) => {
    const rest = await newRest(t);
    const me = await rest.signedIn();
    assert.equal((await me.get(claim)).status, 404);
    await rest.accounts.disable(me.id);
    const startedAt = performance.now();
    let status = 404;
    while (status === 404) status = (await me.get(claim)).status;
    assert.equal(status, 401);
    assert.ok(performance.now() - startedAt < 1_500, `took ${performance.now() - startedAt} ms`);
  });
});

describe('refreshing over HTTP', () => {
  test('a client of its own sends its token and gets the next one', async (t) => {
    const rest = await newRest(t);
    const { email } = await rest.person();
    const first = await rest.call('POST', '/api/auth/login', { json: { email, password, client: 'api' } });
    const second = await rest.call('POST', '/api/auth/refresh', { json: { refreshToken: first.json.refreshToken } });
    assert.equal(second.status, 200);
    assert.notEqual(second.json.refreshToken, first.json.refreshToken);
    await rest.call('POST', '/api/auth/refresh', { json: { refreshToken: second.json.refreshToken } });
    const reused = await rest.call('POST', '/api/auth/refresh', { json: { refreshToken: first.json.refreshToken } });
    assert.deepEqual([reused.status, reused.json.code], [401, 'auth/session-ended']);
  });

  test('a browser sends its cookie, from our own pages only', async (t) => {
    const rest = await newRest(t);
    const { email } = await rest.person();
    const { headers } = await rest.call('POST', '/api/auth/login', { json: { email, password } });
    let cookie = cookieOf(headers);
    const refresh = (from: Record<string, string>) =>
      rest.call('POST', '/api/auth/refresh', { headers: { cookie, ...from } });
    for (const from of [
      {},
      { origin: 'https://evil.test' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.test', 'sec-fetch-site': 'same-origin' },
    ]) {
      const refused = await refresh(from as Record<string, string>);
      assert.deepEqual(
        [refused.status, refused.json.code, refused.headers.get('set-cookie')],
        [403, 'forbidden', null],
      );
    }
    for (const from of [
      { origin: rest.url },
      { 'sec-fetch-site': 'same-origin' },
      { origin: 'https://desk.example.test' },
    ]) {
      const reply = await refresh(from as Record<string, string>);
      assert.equal(reply.status, 200);
      assert.equal(reply.json.refreshToken, undefined);
      cookie = cookieOf(reply.headers);
    }
  });

  test('without a session says so and takes the dead cookie away', async (t) => {
    const rest = await newRest(t);
    assert.equal((await rest.call('POST', '/api/auth/refresh')).json.code, 'auth/session-ended');
    const reply = await rest.call('POST', '/api/auth/refresh', {
      headers: { cookie: 'a=b; rt=dead', origin: rest.url },
    });
    assert.equal(reply.json.code, 'auth/session-ended');
    assert.equal(reply.headers.get('set-cookie'), 'rt=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0');
  });

  test('signing out ends it, for browsers and others alike', async (t) => {
    const rest = await newRest(t);
    const { email } = await rest.person();
    const browser = await rest.call('POST', '/api/auth/login', { json: { email, password } });
    const headers = { cookie: cookieOf(browser.headers), origin: rest.url };
    assert.equal((await rest.call('POST', '/api/auth/logout', { headers: { cookie: headers.cookie } })).status, 403);
    const out = await rest.call('POST', '/api/auth/logout', { headers });
    assert.deepEqual([out.status, out.json], [200, {}]);
    assert.match(out.headers.get('set-cookie') ?? '', /Max-Age=0/);
    assert.equal((await rest.call('POST', '/api/auth/refresh', { headers })).status, 401);

    const { json } = await rest.call('POST', '/api/auth/login', { json: { email, password, client: 'api' } });
    const { refreshToken } = json;
    assert.equal((await rest.call('POST', '/api/auth/logout', { json: { refreshToken } })).status, 200);
    assert.equal((await rest.call('POST', '/api/auth/refresh', { json: { refreshToken } })).status, 401);
  });
});
