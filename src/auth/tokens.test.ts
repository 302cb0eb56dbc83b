import assert from 'node:assert/strict';
import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, test } from 'node:test';
import type { Keys } from './keys.ts';
import { createTokens } from './tokens.ts';

const accountId = '0190a000-0000-7000-8000-000000000001';
const sessionId = '0190a000-0000-7000-8000-000000000002';
const now = Date.parse('2026-11-21T09:00:00.000Z');

const newKeys = (kid = 'ours'): Keys => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid, privateKey, ring: new Map([[kid, publicKey]]) };
};
const keys = newKeys();
const publicKey = keys.ring.get('ours') as KeyObject;
const at = (ms: number) => createTokens(keys, { now: () => ms });
const good = {
  sub: accountId,
  sid: sessionId,
  iss: 'claimroom',
  aud: 'claimroom',
  iat: now / 1000,
  exp: now / 1000 + 300,
};

const part = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64url');
const es256 = (key: KeyObject) => (text: string) =>
  createSign('sha256').update(text).sign({ key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
const forge = (header: object, payload: object, sign: (text: string) => string) => {
  const text = `${part(header)}.${part(payload)}`;
  return `${text}.${sign(text)}`;
};
const header = { alg: 'ES256', typ: 'at+jwt', kid: 'ours' };
const ours = es256(keys.privateKey);

describe('an access token', () => {
  test('says who and for how long, and nothing of what they may do', () => {
    const { token, expiresAt } = at(now).issue({ accountId, sessionId });
    assert.equal(expiresAt, '2026-11-21T09:05:00.000Z');
    const [head, payload] = token.split('.').map((text) => Buffer.from(text, 'base64url').toString());
    assert.deepEqual(JSON.parse(head ?? ''), header);
    assert.deepEqual(JSON.parse(payload ?? ''), good);
    assert.deepEqual(at(now).verify(token), { ok: true, accountId, sessionId, expiresAt: now + 300_000 });
  });

  test('is good for five minutes and the five seconds clocks may differ', () => {
    const { token } = at(now).issue({ accountId, sessionId });
    assert.equal(at(now + 304_000).verify(token).ok, true);
    assert.deepEqual(at(now + 306_000).verify(token), { ok: false, reason: 'expired' });
  });

  test('made by hand as ours are made is accepted, so the forgeries below fail for their own reason', () => {
    assert.equal(at(now).verify(forge(header, good, ours)).ok, true);
  });

  const stranger = newKeys().privateKey;
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  const forgeries: Record<string, string> = {
    'without a signature': forge({ ...header, alg: 'none' }, good, () => ''),
    'with its signature cut off': forge(header, good, () => ''),
    'signed with our public key as an HMAC secret': forge({ ...header, alg: 'HS256' }, good, (text) =>
      createHmac('sha256', pem).update(text).digest('base64url'),
    ),
    'signed with another key': forge(header, good, es256(stranger)),
    'naming a key that is not in the ring': forge({ ...header, kid: 'theirs' }, good, ours),
    'naming no key': forge({ alg: 'ES256', typ: 'at+jwt' }, good, ours),
    'naming a key by inheritance': forge({ ...header, kid: '__proto__' }, good, ours),
    'bringing its own key': forge(
      { ...header, kid: 'theirs', jwk: publicKey.export({ format: 'jwk' }), jku: 'https://evil.test' },
      good,
      ours,
    ),
    'of another type': forge({ ...header, typ: 'JWT' }, good, ours),
    'for another audience': forge(header, { ...good, aud: 'other' }, ours),
    'from another issuer': forge(header, { ...good, iss: 'other' }, ours),
    'that never expires': forge(header, { ...good, exp: undefined }, ours),
    'that does not say since when': forge(header, { ...good, iat: undefined }, ours),
    'that is good for a year': forge(header, { ...good, iat: now / 1000 - 3_600, exp: now / 1000 + 31_536_000 }, ours),
    'not good before tomorrow': forge(header, { ...good, nbf: now / 1000 + 86_400 }, ours),
    'whose subject is no account id': forge(header, { ...good, sub: 'system' }, ours),
    'that is not an object': forge(header, ['x'], ours),
    'with a payload that was changed': forge(header, good, ours).replace(
      /\.[^.]+\./,
      `.${part({ ...good, sub: sessionId })}.`,
    ),
    'that is empty': '',
    'that is no token': 'a.b.c',
    'that is very long': 'a'.repeat(100_000),
  };
  for (const [name, token] of Object.entries(forgeries))
    test(`${name} is refused`, () => assert.equal(at(now).verify(token).ok, false));
});
