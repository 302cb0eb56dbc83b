import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSignIn } from './sign-in.ts';

const minute = 60_000;

/** A server that gives sessions of a quarter of an hour, and whose refresh tokens are good for one use. */
const newServer = () => {
  let now = 0;
  let given = 0;
  let refreshable = '';
  const asked: string[] = [];
  const post = async (path: string, body: object) => {
    asked.push(path.replace('/api/auth/', ''));
    if (path.endsWith('refresh') && (body as { refreshToken: string }).refreshToken !== refreshable)
      throw new Error('the session has ended');
    given++;
    refreshable = `refresh ${given}`;
    return {
      accessToken: `access ${given}`,
      refreshToken: refreshable,
      expiresAt: new Date(now + 15 * minute).toISOString(),
    };
  };
  const session = createSignIn({ post, now: () => now, email: 'ann@claimroom.example', password: 'secret' });
  return {
    session,
    asked,
    wait: (ms: number) => void (now += ms),
    endSession: () => void (refreshable = ''),
  };
};

test('whoever signed in stays so, without asking again, and renews before the end', async () => {
  const { session, asked, wait } = newServer();
  assert.equal(await session.token(), 'access 1');
  wait(10 * minute);
  assert.equal(await session.token(), 'access 1');
  wait(4 * minute);
  assert.equal(await session.token(), 'access 2');
  assert.deepEqual(asked, ['login', 'refresh']);
});

test('two who ask at once share one answer', async () => {
  const { session, asked, wait } = newServer();
  assert.deepEqual(await Promise.all([session.token(), session.token()]), ['access 1', 'access 1']);
  wait(15 * minute);
  assert.deepEqual(await Promise.all([session.token(), session.token()]), ['access 2', 'access 2']);
  assert.deepEqual(asked, ['login', 'refresh']);
});

test('a session that has ended, or that the server would not have, is begun anew', async () => {
  const { session, asked, wait, endSession } = newServer();
  await session.token();
  endSession();
  wait(15 * minute);
  assert.equal(await session.token(), 'access 2');
  session.forget();
  assert.equal(await session.token(), 'access 3');
  assert.deepEqual(asked, ['login', 'refresh', 'login', 'login']);
});
