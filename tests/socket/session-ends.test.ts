/** However a session ends, and on whatever node or by whatever hand: its sockets close and its tokens open nothing, within a second or so. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newPerson, newServer, password, post, type Person, type TestServer } from '../support/server.ts';
import { newSocket, connectSocket, refusalOf } from '../support/socket.ts';

/** A sweep within the second, and what a busy machine adds. */
const sweepMsMax = 1_400;
/** Ended on the node itself: at once, and what a busy machine adds. */
const atOnceMsMax = 500;
const route = '/api/auth/sessions';

const ways: Record<string, { atOnce: boolean; end(server: TestServer, person: Person): Promise<unknown> }> = {
  'signing out': {
    atOnce: true,
    end: (server, { refreshToken }) => post(server, '/api/auth/logout', { refreshToken }),
  },
  'its owner, on another device': {
    atOnce: true,
    async end(server, person) {
      const { json } = await person.signIn();
      await fetch(server.url + route, { method: 'DELETE', headers: { authorization: `Bearer ${json.accessToken}` } });
    },
  },
  'a new password': {
    atOnce: true,
    async end(server, person) {
      const { json } = await person.signIn();
      const body = { currentPassword: password, newPassword: 'an owl in the hedge' };
      const changed = await post(server, '/api/auth/password', body, { authorization: `Bearer ${json.accessToken}` });
      assert.equal(changed.status, 200);
    },
  },
  'a spent refresh token that comes back': {
    atOnce: true,
    async end(server, { refreshToken }) {
      const refresh = (token: string) => post(server, '/api/auth/refresh', { refreshToken: token });
      const { json } = await refresh(refreshToken);
      await refresh(json.refreshToken);
      assert.equal((await refresh(refreshToken)).status, 401);
    },
  },
  'an administrator': {
    atOnce: true,
    end: (server, { id, sessionId }) => server.auth.live.end(id, sessionId, 'ended-by-administrator'),
  },
  'somebody in psql, as another node does': {
    atOnce: false,
    end: (server, { sessionId }) => server.sql('update sessions set ended_at = now() where id = $1', [sessionId]),
  },
  'disabling the account in psql': {
    atOnce: false,
    end: (server, { id }) => server.sql('update accounts set disabled_at = now() where id = $1', [id]),
  },
};

describe('a session that was ended by', () => {
  for (const [name, { atOnce, end }] of Object.entries(ways))
    test(name, async (t) => {
      const server = await newServer(t);
      const [person, bystander] = await Promise.all([newPerson(server), newPerson(server)]);
      const [socket, other] = [await newSocket(t, server, person), await newSocket(t, server, bystander)];
      assert.equal((await person.get(route)).status, 200);
      const closed = socket.closed().then(() => performance.now());
      await end(server, person);
      const since = performance.now();
      let status = 200;
      while (status === 200) status = (await person.get(route)).status;
      const restMs = performance.now() - since;
      const socketMs = Math.max(0, (await closed) - since);
      t.diagnostic(`${name}: socket ${socketMs.toFixed(0)} ms, REST ${restMs.toFixed(0)} ms`);
      assert.equal(status, 401);
      const mostMs = atOnce ? atOnceMsMax : sweepMsMax;
      assert.ok(socketMs < mostMs && restMs < mostMs, `socket after ${socketMs} ms, REST after ${restMs} ms`);
      assert.equal(await refusalOf(connectSocket(t, server, { token: person.token })), 'unauthorized');
      assert.deepEqual(await other.flush(), { ok: true }, 'nobody else');
    });
});

test('a token handed in by `session:renew` is no good when its session has ended', async (t) => {
  const server = await newServer(t);
  const person = await newPerson(server);
  const { json } = await person.signIn();
  const socket = await newSocket(t, server, person);
  await post(server, '/api/auth/logout', { refreshToken: json.refreshToken });
  assert.equal((await socket.ask('session:renew', { token: json.accessToken })).code, 'unauthorized');
  assert.equal((await socket.ask('session:renew', { token: person.token })).ok, true);
});
