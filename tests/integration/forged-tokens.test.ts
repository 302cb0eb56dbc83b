/** Tokens that were forged, stolen or kept: none opens a route or a socket of a running server. What is wrong with each: src/auth/tokens.test.ts. */
import assert from 'node:assert/strict';
import { createHmac, createSign, generateKeyPairSync, type KeyObject, randomUUID, createPublicKey } from 'node:crypto';
import { describe, test } from 'node:test';
import { get, newPerson, newServer, post } from '../support/server.ts';
import { connectSocket, refusalOf } from '../support/socket.ts';

const part = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64url');
const partsOf = (token: string) =>
  token
    .split('.')
    .slice(0, 2)
    .map((text) => JSON.parse(Buffer.from(text, 'base64url').toString()));
const es256 = (key: KeyObject) => (text: string) =>
  createSign('sha256').update(text).sign({ key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
const forge = (header: object, payload: object, sign: (text: string) => string) => {
  const text = `${part(header)}.${part(payload)}`;
  return `${text}.${sign(text)}`;
};
const newKey = (namedCurve = 'P-256') => generateKeyPairSync('ec', { namedCurve }).privateKey;

describe('a token', () => {
  const key = newKey();
  const env = { JWT_PRIVATE_KEY: key.export({ type: 'pkcs8', format: 'pem' }).toString() };

  test('that was forged opens neither a route nor a socket', async (t) => {
    const server = await newServer(t, { env });
    const person = await newPerson(server);
    const [header, payload] = partsOf(person.token);
    const jwks = await get(server, '/.well-known/jwks.json');
    const [jwk] = jwks.json.keys.filter(({ kid }: { kid: string }) => kid === header.kid);
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const hmac = (secret: string | Buffer) => (text: string) =>
      createHmac('sha256', secret).update(text).digest('base64url');
    const stranger = newKey();
    const theirs = createPublicKey(stranger).export({ format: 'jwk' });
    const now = Math.floor(Date.now() / 1000);
    const ours = es256(key);

    const tokens: Record<string, string> = {
      'without an algorithm': forge({ ...header, alg: 'none' }, payload, () => ''),
      'without one, spelt otherwise': forge({ ...header, alg: 'nOnE' }, payload, () => ''),
      'signed with our public key as a secret': forge({ ...header, alg: 'HS256' }, payload, hmac(pem)),
      'the same without the last line end': forge({ ...header, alg: 'HS256' }, payload, hmac(pem.trim())),
      'the same as DER': forge(
        { ...header, alg: 'HS256' },
        payload,
        hmac(publicKey.export({ type: 'spki', format: 'der' })),
      ),
      'signed with the empty secret': forge({ ...header, alg: 'HS256' }, payload, hmac('')),
      'signed by a stranger under our key’s name': forge(header, payload, es256(stranger)),
      'bringing its key along': forge({ ...header, jwk: theirs }, payload, es256(stranger)),
      'bringing its key along, under its own name': forge(
        { ...header, kid: 'theirs', jwk: theirs },
        payload,
        es256(stranger),
      ),
      'saying where its keys are': forge(
        { ...header, kid: 'theirs', jku: `${server.url}/.well-known/jwks.json` },
        payload,
        es256(stranger),
      ),
      'saying where its certificate is': forge(
        { ...header, x5u: 'https://evil.test/cert.pem' },
        payload,
        es256(stranger),
      ),
      'bringing its certificate': forge({ ...header, x5c: ['MIIB'] }, payload, es256(stranger)),
      'naming a file as its key': forge({ ...header, kid: '../../../dev/null' }, payload, hmac('')),
      'naming a query as its key': forge({ ...header, kid: "x' union select 'secret" }, payload, hmac('secret')),
      'naming no key': forge({ alg: 'ES256', typ: 'at+jwt' }, payload, es256(stranger)),
      'with a signature of nothing but zeros': forge(header, payload, () => Buffer.alloc(64).toString('base64url')),
      'with a signature cut short': person.token.slice(0, -4),
      'with somebody else in it': forge(
        header,
        { ...payload, sub: randomUUID() },
        () => person.token.split('.')[2] ?? '',
      ),
      'that demands what we do not know': forge({ ...header, crit: ['b64'], b64: false }, payload, es256(stranger)),
      'of another type, signed by us': forge({ ...header, typ: 'JWT' }, payload, ours),
      'for somebody else, signed by us': forge(header, { ...payload, aud: 'other' }, ours),
      'for several others, signed by us': forge(header, { ...payload, aud: ['other', 'more'] }, ours),
      'from somebody else, signed by us': forge(header, { ...payload, iss: 'other' }, ours),
      'expired, signed by us': forge(header, { ...payload, iat: now - 900, exp: now - 600 }, ours),
      'good for a year, signed by us': forge(header, { ...payload, iat: now - 3_600, exp: now + 31_536_000 }, ours),
      'not good before tomorrow, signed by us': forge(header, { ...payload, nbf: now + 86_400 }, ours),
      'of no session, signed by us': forge(header, { ...payload, sid: randomUUID() }, ours),
      'of a stranger, signed by us': forge(header, { ...payload, sub: randomUUID() }, ours),
    };
    assert.equal((await get(server, '/api/me', bearer(forge(header, payload, ours)))).status, 200, 'ours are taken');
    assert.equal((await get(server, '/api/me', bearer(person.token))).status, 200);
    for (const [name, token] of Object.entries(tokens)) {
      const { status, json } = await get(server, '/api/me', bearer(token));
      assert.deepEqual([status, json.code], [401, 'unauthorized'], name);
      assert.equal(await refusalOf(connectSocket(t, server, { token })), 'unauthorized', name);
    }
    assert.deepEqual(server.errors, []);
  });

  test('of a session that was ended is as good as none, within a second', async (t) => {
    const server = await newServer(t);
    const person = await newPerson(server);
    assert.equal((await get(server, '/api/me', bearer(person.token))).status, 200);
    await post(server, '/api/auth/logout', { refreshToken: person.refreshToken });
    const endedAt = performance.now();
    let status = 200;
    while (status !== 401 && performance.now() - endedAt < 5_000)
      status = (await get(server, '/api/me', bearer(person.token))).status;
    assert.ok(performance.now() - endedAt < 1_000, `took ${performance.now() - endedAt} ms`);
    assert.equal(await refusalOf(connectSocket(t, server, { token: person.token })), 'unauthorized');
    const replayed = await post(server, '/api/auth/refresh', { refreshToken: person.refreshToken });
    assert.deepEqual([replayed.status, replayed.json.code], [401, 'auth/session-ended']);
  });

  test('travels in the header only: not in the address, and not in a cookie', async (t) => {
    const server = await newServer(t);
    const { token } = await newPerson(server);
    for (const [path, headers] of [
      [`/api/me?access_token=${token}`, {}],
      [`/api/me?token=${token}`, {}],
      ['/api/me', { cookie: `token=${token}; access_token=${token}; rt=${token}; __Host-rt=${token}` }],
      ['/api/me', { 'x-access-token': token }],
      ['/api/me', { authorization: token }],
      ['/api/me', { authorization: `Basic ${token}` }],
    ] as [string, Record<string, string>][])
      assert.equal((await get(server, path, headers)).status, 401, path.slice(0, 20));
  });
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
