/** Registering, confirming, recovering: nobody learns who has an account, by text, code or time. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { password, tokenIn } from '../support/auth.ts';
import { newRest } from '../support/rest.ts';

const chosen = 'an owl in the hedge';
const somebody = { email: 'ann@example.test', password: chosen, displayName: 'Ann Berg' };
const subjects = (letters: readonly { to: string; subject: string }[]) =>
  letters.map(({ to, subject }) => [to, subject]);

describe('registering', () => {
  test('is confirmed by the letter and the password that was chosen, signs in, and works once', async (t) => {
    const rest = await newRest(t);
    const registered = await rest.call('POST', '/api/auth/register', { json: somebody });
    assert.deepEqual([registered.status, registered.json], [202, {}]);
    const login = { json: { email: somebody.email, password: chosen } };
    assert.equal(
      (await rest.call('POST', '/api/auth/login', login)).status,
      401,
      'not before the address is confirmed',
    );
    const letters = await rest.letters();
    assert.deepEqual(subjects(letters), [['ann@example.test', 'Confirm your e-mail address']]);
    assert.ok(!letters[0]!.text.includes('Ann'), 'a stranger’s words in a letter to anybody');

    const token = tokenIn(letters[0]);
    const thief = await rest.call('POST', '/api/auth/verify', { json: { token, password: 'not what was chosen' } });
    assert.deepEqual([thief.status, thief.json.code], [401, 'auth/wrong-credentials']);
    const verified = await rest.call('POST', '/api/auth/verify', { json: { token, password: chosen, client: 'api' } });
    assert.equal(verified.status, 200);
    assert.deepEqual(verified.json.account.roles, ['customer']);
    assert.equal(verified.json.account.displayName, 'Ann Berg');
    const again = await rest.call('POST', '/api/auth/verify', { json: { token, password: chosen } });
    assert.deepEqual([again.status, again.json.code], [410, 'auth/link-invalid']);
    assert.equal((await rest.call('POST', '/api/auth/login', login)).status, 200);
  });

  test('with an address that has an account is answered the same; only its owner learns, and can choose a new password', async (t) => {
    const rest = await newRest(t);
    const { email } = await rest.person();
    const fresh = await rest.call('POST', '/api/auth/register', { json: somebody });
    const taken = await rest.call('POST', '/api/auth/register', { json: { ...somebody, email } });
    assert.deepEqual([taken.status, taken.json], [fresh.status, fresh.json]);
    const letters = await rest.letters();
    assert.deepEqual(subjects(letters).at(-1), [email, 'You have an account already']);
    const reset = { token: tokenIn(letters.at(-1)), password: 'another owl, another hedge' };
    assert.equal((await rest.call('POST', '/api/auth/reset', { json: reset })).status, 200);
    assert.equal(
      (await rest.call('POST', '/api/auth/login', { json: { email, password: reset.password } })).status,
      200,
    );
  });

  test('with a password everybody tries is refused, saying so, whoever has the address', async (t) => {
    const rest = await newRest(t);
    const { email } = await rest.person();
    for (const address of [somebody.email, email])
      for (const bad of ['short', 'password1234', 'administrator', 'annbergannberg', 'aaaaaaaaaaaa', 'claimroom2026']) {
        const json = { ...somebody, email: address, password: bad };
        const refused = await rest.call('POST', '/api/auth/register', { json });
        assert.deepEqual(
          [refused.status, refused.json.code, refused.json.details.issues[0].path],
          [400, 'invalid', 'password'],
          bad,
        );
      }
    assert.deepEqual(await rest.letters(), []);
  });

  test('a link can be tried with five wrong passwords, and is void after a day', async (t) => {
    const rest = await newRest(t);
    await rest.call('POST', '/api/auth/register', { json: somebody });
    const token = tokenIn((await rest.letters())[0]);
    const verify = async (secret: string) =>
      (await rest.call('POST', '/api/auth/verify', { json: { token, password: secret } })).json.code;
    for (let n = 0; n < 5; n++) assert.equal(await verify(`wrong ${n}`), 'auth/wrong-credentials');
    assert.equal(await verify(chosen), 'auth/link-invalid');

    await rest.call('POST', '/api/auth/register', { json: { ...somebody, email: 'late@example.test' } });
    const late = tokenIn((await rest.letters())[0]);
    await rest.owner.query('update one_time_tokens set expires_at = now()');
    const reply = await rest.call('POST', '/api/auth/verify', { json: { token: late, password: chosen } });
    assert.equal(reply.json.code, 'auth/link-invalid');
  });

  test('by one place again and again is told to wait; to one address no more than five letters go in an hour', async (t) => {
    const rest = await newRest(t, { trustedProxies: 1 });
    const register = (ip: string, email: string) =>
      rest.call('POST', '/api/auth/register', { json: { ...somebody, email }, headers: { 'x-forwarded-for': ip } });
    const statuses = [];
    for (let n = 0; n < 21; n++) statuses.push((await register('203.0.113.1', `p${n}@example.test`)).status);
    assert.deepEqual(statuses.slice(0, 20).every((status) => status === 202) && statuses[20], 429);
    await rest.letters();
    for (let n = 0; n < 7; n++) await register(`203.0.113.${n + 2}`, 'full@example.test');
    assert.equal((await rest.letters()).length, 5);
  });
});

describe('a forgotten password', () => {
  test('is replaced by a link, which ends every session, tells the owner, and lifts the lock', async (t) => {
    const rest = await newRest(t);
    const me = await rest.signedIn();
    for (let n = 0; n < 11; n++)
      await rest.call('POST', '/api/auth/login', { json: { email: me.email, password: `wrong ${n}` } });
    const asked = await rest.call('POST', '/api/auth/forgot', { json: { email: me.email.toUpperCase() } });
    assert.deepEqual([asked.status, asked.json], [202, {}]);
    const [letter] = await rest.letters();
    const token = tokenIn(letter);
    const weak = await rest.call('POST', '/api/auth/reset', { json: { token, password: 'person1person1' } });
    assert.equal(weak.json.code, 'invalid', 'and the link is still good');
    assert.equal((await rest.call('POST', '/api/auth/reset', { json: { token, password: chosen } })).status, 200);
    assert.equal(
      (await rest.call('POST', '/api/auth/reset', { json: { token, password: chosen } })).json.code,
      'auth/link-invalid',
    );
    assert.deepEqual(subjects(await rest.letters()), [[me.email, 'Your password was changed']]);
    assert.equal((await me.get('/api/auth/sessions')).json.details?.reason, 'ended');
    assert.equal(
      (await rest.call('POST', '/api/auth/login', { json: { email: me.email, password: chosen } })).status,
      200,
    );
  });

  test('of nobody, or of a disabled account, is answered the same, and no letter goes out', async (t) => {
    const rest = await newRest(t);
    const gone = await rest.person();
    await rest.accounts.disable(gone.id);
    for (const email of ['nobody@example.test', gone.email]) {
      const asked = await rest.call('POST', '/api/auth/forgot', { json: { email } });
      assert.deepEqual([asked.status, asked.json], [202, {}]);
    }
    assert.deepEqual(await rest.letters(), []);
  });

  test('has one good link at a time, and none that was made for something else', async (t) => {
    const rest = await newRest(t);
    const { email } = await rest.person();
    const ask = async () => {
      await rest.call('POST', '/api/auth/forgot', { json: { email } });
      return tokenIn((await rest.letters())[0]);
    };
    const [first, second] = [await ask(), await ask()];
    const reset = (token: string, path = 'reset') =>
      rest.call('POST', `/api/auth/${path}`, { json: { token, password: chosen } });
    assert.equal((await reset(first)).status, 410);
    assert.equal((await reset(second, 'accept-invitation')).status, 410);
    assert.equal((await reset(second)).status, 200);
  });
});

describe('the first administrator', () => {
  test('is made with the token of the start, once, and then by nobody any more', async (t) => {
    const rest = await newRest(t);
    const token = await rest.auth.setup.prepare();
    assert.ok(token);
    const admin = { token, email: 'root@example.test', password: chosen, client: 'api' };
    assert.equal(
      (await rest.call('POST', '/api/auth/setup', { json: { ...admin, token: 'x'.repeat(24) } })).status,
      410,
    );
    const made = await rest.call('POST', '/api/auth/setup', { json: admin });
    assert.equal(made.status, 200);
    assert.deepEqual(made.json.account.roles, ['administrator']);
    assert.equal(
      (await rest.call('POST', '/api/auth/setup', { json: { ...admin, email: 'b@example.test' } })).status,
      410,
    );
    assert.equal(await rest.auth.setup.prepare(), null, 'there is one');
  });

  test('cannot be made twice at the same moment', async (t) => {
    const rest = await newRest(t);
    const token = await rest.auth.setup.prepare();
    const answers = await Promise.all(
      [1, 2, 3].map((n) =>
        rest.call('POST', '/api/auth/setup', { json: { token, email: `root${n}@example.test`, password: chosen } }),
      ),
    );
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 410, 410],
    );
  });

  test('is made with the token that was given, which is printed nowhere', async (t) => {
    const given = 'given-by-the-operator';
    const rest = await newRest(t, { config: { setupToken: given } });
    assert.equal(await rest.auth.setup.prepare(), null);
    const made = await rest.call('POST', '/api/auth/setup', {
      json: { token: given, email: 'root@example.test', password: chosen },
    });
    assert.equal(made.status, 200);
  });
});

test('the demo’s outbox is nowhere but in the demo', async (t) => {
  const rest = await newRest(t);
  await rest.call('POST', '/api/auth/forgot', { json: { email: (await rest.person()).email } });
  await rest.letters();
  assert.equal((await rest.call('GET', '/api/demo/outbox')).status, 404);
  assert.ok(password);
});
