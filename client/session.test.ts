import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newClient, newFakeServer, until } from './fake-server.ts';
import { renewalMs } from './session.ts';

const tokenOf = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
const now = 1_800_000_000_000;
const s = now / 1_000;

test('a token is renewed when four fifths of its time are over', () => {
  assert.equal(renewalMs(tokenOf({ iat: s, exp: s + 300 }), now), 240_000);
  assert.equal(renewalMs(tokenOf({ exp: s + 300, name: '¿ÿ~??>' }), now), 240_000);
});

test('a clock that is wrong neither renews without pause nor too late', () => {
  assert.equal(renewalMs(tokenOf({ iat: s - 3_600, exp: s - 3_300 }), now), 24_000);
  assert.equal(renewalMs(tokenOf({ iat: s + 3_600, exp: s + 3_900 }), now), 240_000);
  assert.equal(renewalMs(tokenOf({ iat: s, exp: s + 1e9 }), now), 2 ** 31 - 1);
});

test('a token that does not say when it ends is left alone', () => {
  for (const token of ['', 'opaque', 'a.b.c', tokenOf({}), tokenOf({ exp: 'soon' }), 'x.bnVsbA.y']) {
    assert.equal(renewalMs(token, now), null);
  }
});

test('a living connection hands over a fresh token before the old one expires, again and again', async (t) => {
  const server = await newFakeServer(t);
  let made = 0;
  const token = async () => {
    const at = Date.now() / 1_000;
    return tokenOf({ iat: at, exp: at + 0.2, n: ++made });
  };
  newClient(t, server, { token });
  await until(() => server.renewals.length >= 3);
  assert.equal(server.handshakes.length, 1);
  assert.equal(new Set([...server.handshakes, ...server.renewals]).size, 1 + server.renewals.length);
});

test('a renewal that is not answered or turned down is tried again', async (t) => {
  const server = await newFakeServer(t, {
    renew: (_, nth) =>
      nth === 1
        ? 'silence'
        : nth === 2
          ? { ok: false, code: 'busy', retry: 'same-id' }
          : { ok: true, expiresAt: '2030-01-01T00:00:00.000Z' },
  });
  const token = async () => tokenOf({ iat: Date.now() / 1_000, exp: Date.now() / 1_000 + 0.2 });
  newClient(t, server, { token });
  await until(() => server.renewals.length >= 4);
  assert.equal(server.handshakes.length, 1);
});
