/** Guessing is slowed down, and nobody can use that to lock a stranger out. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultLimits } from '../../src/limits.ts';
import { createPasswords } from '../../src/auth/passwords.ts';
import { newAuth, password, tokenIn } from '../support/auth.ts';

const limits = { ...defaultLimits, loginFailuresPerAccountMax: 5 };
const codeOf = (answer: { ok: boolean; code?: string }) => (answer.ok ? 'in' : answer.code);

describe('an account that many guess at', () => {
  test('is entered only from where its owner was before; they are told once, and a new password opens it', async (t) => {
    const auth = await newAuth(t, { limits });
    const { id, email } = await auth.person();
    const home = { ip: '198.51.100.7' };
    const abroad = { ip: '192.0.2.1' };
    assert.equal(codeOf(await auth.sessions.login(email, password, home)), 'in');
    for (let n = 0; n < 12; n++) await auth.sessions.login(email, `guess ${n}`, { ip: `203.0.113.${n}` });
    assert.equal(
      codeOf(await auth.sessions.login(email, password, abroad)),
      'auth/throttled',
      'even with the right one',
    );
    assert.equal(codeOf(await auth.sessions.login(email, password, home)), 'in', 'the owner is not locked out');
    assert.equal(codeOf(await auth.sessions.login(email, 'wrong', home)), 'auth/wrong-credentials');
    assert.deepEqual(
      (await auth.letters()).map(({ subject }) => subject),
      ['Many wrong passwords'],
    );
    assert.equal(
      auth.happened.filter(({ event, accountId }) => event === 'authn_login_lock' && accountId === id).length,
      1,
    );

    await auth.recovery.forgot(email);
    const [letter] = await auth.letters();
    assert.deepEqual(await auth.recovery.reset(tokenIn(letter), 'an owl in the hedge', abroad), { ok: true });
    assert.equal(codeOf(await auth.sessions.login(email, 'an owl in the hedge', abroad)), 'in');
  });

  test('is told from one that does not exist by nothing', async (t) => {
    const auth = await newAuth(t, { limits });
    const { email } = await auth.person();
    const answersFor = async (address: string, from: number) => {
      const answers = [];
      for (let n = 0; n < 8; n++)
        answers.push(codeOf(await auth.sessions.login(address, `guess ${n}`, { ip: `203.0.113.${from + n}` })));
      return answers;
    };
    assert.deepEqual(await answersFor(email, 0), await answersFor('nobody@example.test', 100));
  });
});

test('a password hashed with former parameters is hashed anew when it is next seen', async (t) => {
  const auth = await newAuth(t);
  const { id, email } = await auth.person({ roles: ['agent'] });
  const weak = await createPasswords({ hashesAtOnceMax: 1 }).hash(password, 'customer');
  await auth.owner.query('update accounts set password_hash = $1 where id = $2', [weak, id]);
  assert.equal(codeOf(await auth.sessions.login(email, 'not the password')), 'auth/wrong-credentials');
  assert.equal((await auth.accounts.find(id))?.passwordHash, weak);
  assert.equal(codeOf(await auth.sessions.login(email, password)), 'in');
  assert.match((await auth.accounts.find(id))?.passwordHash ?? '', /m=65536,t=3/);
  assert.equal(codeOf(await auth.sessions.login(email, password)), 'in');
});
