/** What people change about their own account: the password once more, a letter, and nobody else signed in. */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { createPolicies } from '../../src/policies/policies.ts';
import { fakeId, policy } from '../../src/policies/fake-policies.ts';
import { password, tokenIn } from '../support/auth.ts';
import { newRest } from '../support/rest.ts';

const chosen = 'an owl in the hedge';

describe('one’s own account', () => {
  test('a new password needs the old one, signs out every other device, and is told by letter', async (t) => {
    const rest = await newRest(t);
    const me = await rest.signedIn();
    const other = await rest.call('POST', '/api/auth/login', { json: { email: me.email, password, client: 'api' } });
    const change = (currentPassword: string, newPassword: string) =>
      me.post('/api/auth/password', { currentPassword, newPassword });
    assert.deepEqual((await change('not the password', chosen)).json.code, 'account/wrong-password');
    assert.deepEqual((await change(password, 'person1 person1')).json.details.issues[0].path, 'newPassword');
    assert.equal((await change(password, chosen)).status, 200);
    assert.deepEqual(
      (await rest.letters()).map(({ subject }) => subject),
      ['Your password was changed'],
    );
    assert.equal(
      (await rest.call('POST', '/api/auth/refresh', { json: { refreshToken: other.json.refreshToken } })).status,
      401,
    );
    assert.equal((await me.get('/api/auth/sessions')).json.sessions.length, 1, 'this one goes on');
    assert.equal((await rest.call('POST', '/api/auth/login', { json: { email: me.email, password } })).status, 401);
  });

  test('guesses of the password here count like those at the login', async (t) => {
    const rest = await newRest(t);
    const me = await rest.signedIn();
    for (let n = 0; n < 10; n++) await me.post('/api/auth/phone', { phone: null, currentPassword: `wrong ${n}` });
    const refused = await me.post('/api/auth/phone', { phone: null, currentPassword: password });
    assert.deepEqual([refused.status, refused.json.code], [429, 'auth/throttled']);
  });

  test('a new address counts once its link was followed; the old one is told before and after', async (t) => {
    const rest = await newRest(t);
    const me = await rest.signedIn();
    const fresh = 'new@example.test';
    assert.equal((await me.post('/api/auth/email', { email: fresh, currentPassword: 'wrong' })).status, 403);
    assert.equal((await me.post('/api/auth/email', { email: fresh, currentPassword: password })).status, 202);
    const letters = await rest.letters();
    assert.deepEqual(
      letters.map(({ to, subject }) => [to, subject]),
      [
        [fresh, 'Confirm your new e-mail address'],
        [me.email, 'Your e-mail address is to change'],
      ],
    );
    const login = async (email: string) =>
      (await rest.call('POST', '/api/auth/login', { json: { email, password } })).status;
    assert.deepEqual([await login(me.email), await login(fresh)], [200, 401]);
    const token = tokenIn(letters[0]);
    assert.equal((await rest.call('POST', '/api/auth/email/confirm', { json: { token } })).status, 200);
    assert.equal((await rest.call('POST', '/api/auth/email/confirm', { json: { token } })).status, 410);
    assert.deepEqual([await login(me.email), await login(fresh)], [401, 200]);
    assert.deepEqual(
      (await rest.letters()).map(({ to, subject }) => [to, subject]),
      [[me.email, 'Your e-mail address was changed']],
    );
  });

  test('an address somebody has is answered the same, and stays theirs', async (t) => {
    const rest = await newRest(t);
    const me = await rest.signedIn();
    const { email } = await rest.person();
    assert.equal((await me.post('/api/auth/email', { email, currentPassword: password })).status, 202);
    const letters = await rest.letters();
    assert.deepEqual(letters.map(({ to, subject }) => [to, subject])[0], [email, 'You have an account already']);
    assert.ok(!letters[0]!.text.includes('token='));
  });

  test('devices are listed, one’s own marked, and signed out one by one or all at once', async (t) => {
    const rest = await newRest(t);
    const me = await rest.signedIn();
    const [second, third] = [await login(), await login()];
    async function login() {
      return (await rest.call('POST', '/api/auth/login', { json: { email: me.email, password, client: 'api' } })).json;
    }
    const { sessions } = (await me.get('/api/auth/sessions')).json;
    assert.deepEqual(
      sessions.map((each: { isCurrent: boolean }) => each.isCurrent),
      [false, false, true],
    );
    assert.equal((await me.send('DELETE', `/api/auth/sessions/${sessions[0].id}`)).status, 200);
    assert.equal((await me.send('DELETE', `/api/auth/sessions/${sessions[0].id}`)).status, 404);
    assert.equal(
      (await rest.call('POST', '/api/auth/refresh', { json: { refreshToken: third.refreshToken } })).status,
      401,
    );
    const stranger = await rest.signedIn();
    assert.equal((await stranger.send('DELETE', `/api/auth/sessions/${sessions[1].id}`)).status, 404);
    assert.deepEqual((await me.send('DELETE', '/api/auth/sessions')).json, { ended: 1 });
    assert.equal(
      (await rest.call('POST', '/api/auth/refresh', { json: { refreshToken: second.refreshToken } })).status,
      401,
    );
    assert.equal((await me.get('/api/auth/sessions')).json.sessions.length, 1);
  });
});

describe('linking a policy', () => {
  const customer = { id: fakeId(0xc1), name: 'Henry Okoro', postcode: 'BR1 3CA', email: 'henry@example.test' };
  const held = policy({ customer });
  const proof = { policyNumber: 'mot-1', postcode: ' br13ca', registration: 'ab12cde' };
  const newPortal = async (t: TestContext) => {
    const rest = await newRest(t, { trustedProxies: 1 });
    const { refused } = await createPolicies(rest.orm).importMany([held]);
    assert.deepEqual(refused, []);
    return rest;
  };

  test('takes number, postcode and the car’s registration, and tells the address the insurer knows', async (t) => {
    const rest = await newPortal(t);
    const me = await rest.signedIn();
    for (const wrong of [
      { ...proof, postcode: 'ZZ1 1ZZ' },
      { ...proof, registration: 'ZZ99 ZZZ' },
      { ...proof, registration: undefined },
      { ...proof, registration: undefined, startedOn: '2020-01-01' },
      { ...proof, policyNumber: 'MOT-NONE' },
    ]) {
      const no = await me.post('/api/auth/link-policy', wrong);
      assert.deepEqual([no.status, no.json.code, no.json.details], [409, 'account/no-match', undefined]);
    }
    assert.equal((await me.post('/api/auth/link-policy', proof)).status, 200);
    assert.equal((await rest.accounts.find(me.id))?.customerId, customer.id);
    assert.deepEqual(
      (await rest.letters()).map(({ to, subject }) => [to, subject]),
      [me.email, customer.email].map((to) => [to, 'A policy was linked']),
    );
    assert.equal((await me.post('/api/auth/link-policy', proof)).json.code, 'account/already-linked');

    const second = await rest.signedIn();
    assert.equal(
      (await second.post('/api/auth/link-policy', proof)).json.code,
      'account/no-match',
      'it has an account',
    );
  });

  test('can be tried ten times a day, by account, by place and by policy', async (t) => {
    const rest = await newPortal(t);
    const me = await rest.signedIn();
    const attempt = async (who: typeof me, ip: string, policyNumber: string) =>
      (await who.post('/api/auth/link-policy', { policyNumber, postcode: 'X' }, { 'x-forwarded-for': ip })).status;
    for (let n = 0; n < 10; n++) assert.equal(await attempt(me, `203.0.113.${n}`, `N-${n}`), 409);
    assert.equal(await attempt(me, '203.0.113.99', 'N-99'), 429);
    const other = await rest.signedIn();
    for (let n = 0; n < 9; n++) assert.equal(await attempt(other, '198.51.100.1', held.number), 409);
    const third = await rest.signedIn();
    assert.equal(await attempt(third, '198.51.100.2', held.number), 409);
    assert.equal(await attempt(third, '198.51.100.3', held.number), 429);
  });
});
