/** Keys that rotate under living nodes: no token that is good is refused, none that should be dead is taken. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import { createKeyRing, publishAheadSeconds } from '../../src/auth/key-ring.ts';
import { createKeys } from '../../src/auth/keys.ts';
import { accessTokenSeconds, createTokens } from '../../src/auth/tokens.ts';
import { systemTimers as timers } from '../../src/clock.ts';
import { newAuth, silent, type TestAuth } from '../support/auth.ts';
import { newRest } from '../support/rest.ts';

const pem = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const who = { accountId: '0190a000-0000-7000-8000-000000000001', sessionId: '0190a000-0000-7000-8000-000000000002' };

/** A node with this secret, whose clock can be set ahead. */
const newNode = async (auth: TestAuth, jwtPrivateKey: string) => {
  const time = { aheadMs: 0, now: () => Date.now() + time.aheadMs };
  const ring = createKeyRing({
    orm: auth.orm,
    root: createKeys({ jwtPrivateKey, dataDir: '' }),
    clock: time,
    timers,
    log: silent,
  });
  await ring.load();
  return { ring, tokens: createTokens(ring, time), time };
};

describe('rotating the keys', () => {
  test('publishes the next one first, lets it sign after ten minutes, and honours the former until its tokens are over', async (t) => {
    const auth = await newAuth(t);
    const secret = pem();
    const [one, other] = [await newNode(auth, secret), await newNode(auth, secret)];
    const first = one.ring.kid;
    const next = await one.ring.rotate();
    await other.ring.load();
    assert.deepEqual([next.state, other.ring.kid], ['next', first]);
    assert.deepEqual(
      other.ring.jwks().map((key) => (key as { kid: string }).kid),
      [first, next.kid],
      'published already',
    );

    other.time.aheadMs = (publishAheadSeconds - 5) * 1000;
    const late = other.tokens.issue(who).token;
    for (const { time } of [one, other]) time.aheadMs = (publishAheadSeconds + 5) * 1000;
    assert.equal(other.ring.kid, next.kid);
    assert.equal(one.tokens.verify(other.tokens.issue(who).token).ok, true);
    assert.equal(one.tokens.verify(late).ok, true, 'what the former signed last');
    one.time.aheadMs = (publishAheadSeconds + accessTokenSeconds + 90) * 1000;
    assert.equal(one.ring.ring.has(first), false);
    assert.deepEqual(
      (await one.ring.list()).map(({ state }) => state),
      ['active'],
    );
  });

  test('again and again never brings a former one back', async (t) => {
    const auth = await newAuth(t);
    const node = await newNode(auth, pem());
    const first = node.ring.kid;
    const second = await node.ring.rotate(true);
    await auth.owner.query(
      `update signing_keys set signs_from = signs_from - interval '2 hours', verifies_until = verifies_until - interval '2 hours'`,
    );
    const third = await node.ring.rotate(true);
    node.time.aheadMs = 20_000;
    assert.equal(node.ring.kid, third.kid);
    assert.deepEqual([...node.ring.ring.keys()].includes(first), false);
    assert.notEqual(second.kid, third.kid);
    const { rows } = await auth.owner.query('select kid from signing_keys');
    assert.ok(!rows.some(({ kid }) => kid === first));
  });

  test('at once, because one was found out, leaves its tokens worth nothing after fifteen seconds', async (t) => {
    const auth = await newAuth(t);
    const node = await newNode(auth, pem());
    const stolen = node.tokens.issue(who).token;
    await node.ring.rotate(true);
    assert.equal(node.tokens.verify(stolen).ok, true);
    node.time.aheadMs = 16_000;
    assert.deepEqual(node.tokens.verify(stolen), { ok: false, reason: 'invalid' });
    assert.equal(node.tokens.verify(node.tokens.issue(who).token).ok, true);
  });

  test('by two at once leaves one that goes on', async (t) => {
    const auth = await newAuth(t);
    const secret = pem();
    const [one, other] = [await newNode(auth, secret), await newNode(auth, secret)];
    await Promise.all([one.ring.rotate(), other.ring.rotate()]);
    const { rows } = await auth.owner.query(
      'select count(*)::int as open from signing_keys where verifies_until is null',
    );
    assert.deepEqual(rows, [{ open: 1 }]);
  });

  test('keeps no private key in the clear, and trusts no row that this secret did not seal', async (t) => {
    const auth = await newAuth(t);
    const node = await newNode(auth, pem());
    await node.ring.rotate();
    const { rows } = await auth.owner.query('select sealed from signing_keys');
    for (const { sealed } of rows) assert.ok(!sealed.toString('latin1').includes('PRIVATE KEY'));

    const thief = await newNode(auth, pem());
    assert.equal((await thief.ring.list()).length, 1, 'only its own');
    await thief.ring.rotate(true);
    await node.ring.load();
    assert.equal(node.tokens.verify(thief.tokens.issue(who).token).ok, false);

    // One row passed off as another.
    await auth.owner.query(`update signing_keys set kid = 'x' where kid = $1`, [thief.ring.kid]);
    await thief.ring.load();
    assert.equal(thief.ring.ring.has('x'), false);
  });
});

test('the public keys are at the well-known address, and nothing private with them', async (t) => {
  const rest = await newRest(t);
  const reply = await rest.call('GET', '/.well-known/jwks.json');
  assert.equal(reply.status, 200);
  assert.deepEqual(
    reply.json.keys.map((key: object) => Object.keys(key).sort()),
    [['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']],
  );
  assert.equal(reply.json.keys[0].kid, rest.keys.kid);
  assert.equal(reply.headers.get('cache-control'), 'public, max-age=300');
});
