/** Every naughty string as a login: as one nobody has, and as a password that opens its account. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import { forEachOf, naughtyStrings } from '../support/naughty-strings.ts';
import { newServer, post } from '../support/server.ts';

/** A login takes a tenth of a second on purpose: all of them where everything is demanded, elsewhere some, others each day. */
const someOf = (strings: readonly string[]) => {
  const parts = process.env['REQUIRE_ALL'] === '1' ? 1 : 12;
  const day = Math.floor(Date.now() / 86_400_000);
  return strings.filter((_, n) => (n + day) % parts === 0);
};
/** All of them come from one place. */
const limits = { loginFailuresPerPlaceMax: 100_000 };

test('as a login nobody has, it is turned away like any other', async (t) => {
  const server = await newServer(t, { limits });
  const strings = someOf(naughtyStrings);
  t.diagnostic(`${strings.length} of ${naughtyStrings.length}`);
  const tryIt = async (text: string) => {
    const { status, json } = await post(server, '/api/auth/login', { email: text, password: text, client: 'api' });
    const isShaped = text.length > 0 && text.length <= 254;
    const expected = isShaped ? [401, 'auth/wrong-credentials'] : [400, 'invalid'];
    assert.deepEqual([status, json.code], expected, JSON.stringify(text));
  };
  await forEachOf(strings, 4, tryIt);
  assert.deepEqual(server.errors, []);
});

test('as a password it opens its account, and none but the very same does', async (t) => {
  const server = await newServer(t, { limits });
  const strings = someOf(naughtyStrings.filter((text) => text.length >= 12 && text.length <= 1_024));
  t.diagnostic(`${strings.length} strings`);
  const tryIt = async (secret: string) => {
    const email = `${randomUUIDv7()}@example.test`;
    const created = await server.accounts.create({ email, password: secret, displayName: 'X', roles: ['customer'] });
    // Twelve characters are asked for, and some take two of what JavaScript counts.
    if (Array.from(secret).length < 12) return assert.equal(created.ok, false);
    assert.ok(created.ok, JSON.stringify(secret));
    const signIn = async (text: string) =>
      (await post(server, '/api/auth/login', { email, password: text, client: 'api' })).status;
    assert.equal(await signIn(secret), 200, JSON.stringify(secret));
    assert.equal(await signIn(`${secret} `), 401);
  };
  await forEachOf(strings, 4, tryIt);
  assert.deepEqual(server.errors, []);
});
