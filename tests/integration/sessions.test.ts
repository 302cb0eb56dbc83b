import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultLimits } from '../../src/limits.ts';
import { newAuth, password, type TestAuth } from '../support/auth.ts';

const login = async (auth: TestAuth, email: string) => {
  const session = await auth.sessions.login(email, password);
  assert.ok(session.ok);
  return session;
};
const refresh = async (auth: TestAuth, token: string) => {
  const session = await auth.sessions.refresh(token);
  assert.ok(session.ok);
  return session;
};
const ended = { ok: false, code: 'auth/session-ended' };
const liveTokens = async (auth: TestAuth) =>
  (
    await auth.owner.query(
      'select 1 from refresh_tokens t join sessions s on s.id = t.session_id where used_at is null and ended_at is null',
    )
  ).rowCount;

describe('signing in', () => {
  test('gives an access token for the account and a refresh token that is kept nowhere', async (t) => {
    const auth = await newAuth(t);
    const { id, email } = await auth.person();
    const session = await login(auth, ` ${email.toUpperCase()} `);
    assert.deepEqual(session.account, { id, displayName: 'Person 1', roles: ['customer'] });
    const verified = auth.tokens.verify(session.accessToken);
    assert.ok(verified.ok && verified.accountId === id);
    assert.match(session.refreshToken, /^[\w-]{43}$/);
    const { rows } = await auth.owner.query('select * from refresh_tokens');
    assert.ok(!JSON.stringify(rows).includes(session.refreshToken));
  });

  test('fails alike for a wrong password, an unknown address and a disabled account', async (t) => {
    const auth = await newAuth(t);
    const { email } = await auth.person();
    const gone = await auth.person();
    await auth.accounts.disable(gone.id);
    const answers = [
      await auth.sessions.login(email, 'not the password'),
      await auth.sessions.login('nobody@example.test', password),
      await auth.sessions.login(gone.email, password),
    ];
    for (const answer of answers) assert.deepEqual(answer, { ok: false, code: 'auth/wrong-credentials' });
    assert.ok(!JSON.stringify(auth.logged).includes('example.test'), 'an address in the log');
  });

  test('lasts a week unused and thirty days in all for customers, half an hour and twelve hours for staff', async (t) => {
    const auth = await newAuth(t);
    const customer = await login(auth, (await auth.person()).email);
    const agent = await login(auth, (await auth.person({ roles: ['agent'] })).email);
    const hours = async ({ sessionId }: { sessionId: string }) => {
      const { rows } = await auth.owner.query(
        `select round(extract(epoch from idle_at - now()) / 360) / 10 as idle, round(extract(epoch from expires_at - now()) / 3600) as most
           from sessions where id = $1`,
        [sessionId],
      );
      return [Number(rows[0].idle), Number(rows[0].most)];
    };
    assert.deepEqual(await hours(customer), [7 * 24, 30 * 24]);
    assert.deepEqual(await hours(agent), [0.5, 12]);
    assert.ok(Math.abs(Date.parse(agent.refreshExpiresAt) - Date.now() - 1_800_000) < 60_000, 'the cookie, too');
  });

  test('that is used goes on, but never beyond its end in any case', async (t) => {
    const auth = await newAuth(t);
    const first = await login(auth, (await auth.person({ roles: ['agent'] })).email);
    await auth.owner.query(
      `update sessions set idle_at = now() + interval '1 minute', expires_at = now() + interval '10 minutes'`,
    );
    const second = await refresh(auth, first.refreshToken);
    assert.ok(Math.abs(Date.parse(second.refreshExpiresAt) - Date.now() - 600_000) < 10_000);
    await auth.owner.query(`update sessions set expires_at = now() + interval '100 seconds'`);
    const third = await refresh(auth, second.refreshToken);
    assert.ok(Date.parse(third.expiresAt) - Date.now() < 101_000, 'no access token outlives its session');
    await auth.owner.query('update sessions set expires_at = now()');
    assert.deepEqual(await auth.sessions.refresh(third.refreshToken), ended);
  });

  test('that was not used in time is over', async (t) => {
    const auth = await newAuth(t);
    const first = await login(auth, (await auth.person({ roles: ['agent'] })).email);
    await auth.owner.query('update sessions set idle_at = now()');
    assert.deepEqual(await auth.sessions.refresh(first.refreshToken), ended);
  });

  test('on one device more than fit ends the one that was not seen longest', async (t) => {
    const auth = await newAuth(t, { limits: { ...defaultLimits, sessionsPerAccountMax: 2 } });
    const { email } = await auth.person();
    const [first, second, third] = [await login(auth, email), await login(auth, email), await login(auth, email)];
    assert.deepEqual(await auth.sessions.refresh(first.refreshToken), ended);
    for (const { refreshToken } of [second, third]) await refresh(auth, refreshToken);
  });
});

describe('a refresh token', () => {
  test('is good for one use and names its successor', async (t) => {
    const auth = await newAuth(t);
    const first = await login(auth, (await auth.person()).email);
    const second = await refresh(auth, first.refreshToken);
    const third = await refresh(auth, second.refreshToken);
    assert.equal(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size, 3);
    assert.deepEqual(third.account, first.account);
    assert.equal(await liveTokens(auth), 1);
  });

  test('that comes back after its successor was used ends the whole session, and only that one', async (t) => {
    const auth = await newAuth(t);
    const { id, email } = await auth.person();
    const first = await login(auth, email);
    const other = await login(auth, email);
    const closed: string[] = [];
    auth.live.onEnded((sessionId) => void closed.push(sessionId));
    const second = await refresh(auth, first.refreshToken);
    const third = await refresh(auth, second.refreshToken);
    assert.deepEqual(await auth.sessions.refresh(first.refreshToken), ended);
    assert.deepEqual(await auth.sessions.refresh(third.refreshToken), ended);
    const verified = auth.tokens.verify(first.accessToken);
    assert.deepEqual(closed, [verified.ok && verified.sessionId]);
    const reuse = auth.happened.filter(({ event }) => event === 'authn_token_reuse');
    assert.deepEqual(reuse, [{ event: 'authn_token_reuse', accountId: id, sessionId: closed[0], ip: undefined }]);
    assert.deepEqual(
      (await auth.letters()).map(({ to, subject }) => [to, subject]),
      [[email, 'A device was signed out']],
    );
    await refresh(auth, other.refreshToken);
  });

  test('may be repeated when the answer was lost, as long as nobody used what was in it', async (t) => {
    const auth = await newAuth(t);
    const first = await login(auth, (await auth.person()).email);
    const lost = await refresh(auth, first.refreshToken);
    const again = await refresh(auth, first.refreshToken);
    assert.equal(await liveTokens(auth), 1);
    await refresh(auth, again.refreshToken);
    // Whoever shows up with the lost one now had it all along: two holders, one of them a thief.
    assert.deepEqual(await auth.sessions.refresh(lost.refreshToken), ended);
    assert.equal(await liveTokens(auth), 0);
  });

  test('may not be repeated after twenty seconds', async (t) => {
    const auth = await newAuth(t);
    const first = await login(auth, (await auth.person()).email);
    const second = await refresh(auth, first.refreshToken);
    await auth.owner.query(
      `update refresh_tokens set used_at = used_at - interval '21 seconds' where used_at is not null`,
    );
    assert.deepEqual(await auth.sessions.refresh(first.refreshToken), ended);
    assert.deepEqual(await auth.sessions.refresh(second.refreshToken), ended);
  });

  test('repeated again and again does not move the twenty seconds on', async (t) => {
    const auth = await newAuth(t);
    const first = await login(auth, (await auth.person()).email);
    const lost = await refresh(auth, first.refreshToken);
    await auth.owner.query(
      `update refresh_tokens set used_at = used_at - interval '15 seconds' where used_at is not null`,
    );
    await refresh(auth, first.refreshToken);
    await auth.owner.query(
      `update refresh_tokens set used_at = used_at - interval '6 seconds' where used_at is not null`,
    );
    assert.deepEqual(await auth.sessions.refresh(lost.refreshToken), ended);
  });

  for (const times of [2, 12])
    test(`used ${times} times at the same moment leaves exactly one that goes on`, async (t) => {
      const auth = await newAuth(t);
      const first = await login(auth, (await auth.person()).email);
      const answers = await Promise.all(Array.from({ length: times }, () => auth.sessions.refresh(first.refreshToken)));
      assert.ok(answers.every(({ ok }) => ok));
      assert.equal(await liveTokens(auth), 1);
      const { rows } = await auth.owner.query('select count(distinct session_id)::int as families from refresh_tokens');
      assert.deepEqual(rows, [{ families: 1 }]);
    });

  test('nobody knows, or of an account that was disabled, opens nothing', async (t) => {
    const auth = await newAuth(t);
    const { id, email } = await auth.person();
    const session = await login(auth, email);
    assert.deepEqual(await auth.sessions.refresh('x'.repeat(43)), ended);
    await auth.accounts.disable(id);
    assert.deepEqual(await auth.sessions.refresh(session.refreshToken), ended);
  });

  test('used long ago is forgotten, so that a session that is never closed does not grow without end', async (t) => {
    const auth = await newAuth(t);
    const first = await login(auth, (await auth.person()).email);
    const second = await refresh(auth, first.refreshToken);
    await auth.owner.query(`update refresh_tokens set used_at = used_at - interval '8 days' where used_at is not null`);
    const third = await refresh(auth, second.refreshToken);
    assert.deepEqual(await auth.sessions.refresh(first.refreshToken), ended);
    await refresh(auth, third.refreshToken);
  });
});

test('signing out ends the session on the spot, and a second time changes nothing', async (t) => {
  const auth = await newAuth(t);
  const first = await login(auth, (await auth.person()).email);
  const second = await refresh(auth, first.refreshToken);
  const closed: string[] = [];
  const stop = auth.live.onEnded((sessionId) => void closed.push(sessionId));
  await auth.sessions.logout(second.refreshToken);
  await auth.sessions.logout(second.refreshToken);
  stop();
  assert.equal(closed.length, 1);
  assert.deepEqual(await auth.sessions.refresh(second.refreshToken), ended);
});

test('signing in clears away the dead sessions of the account', async (t) => {
  const auth = await newAuth(t);
  const { email } = await auth.person();
  await login(auth, email);
  await auth.owner.query(`update sessions set expires_at = now() - interval '31 days'`);
  await login(auth, email);
  for (const table of ['sessions', 'refresh_tokens'])
    assert.equal((await auth.owner.query(`select 1 from ${table}`)).rowCount, 1, table);
});
