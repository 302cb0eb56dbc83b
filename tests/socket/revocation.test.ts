/** How long a right outlives its taking away, on living sockets: measured, again and again, and never more than a second. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { newPeople } from '../support/people.ts';
import { newPerson, newServer, post } from '../support/server.ts';
import { newSocket } from '../support/socket.ts';

const msMax = 1_000;
const tries = 6;
const report = (t: TestContext, what: string, took: number[]) => {
  const sorted = took.toSorted((a, b) => a - b).map(Math.round);
  t.diagnostic(
    `${what}: p50 ${sorted[Math.floor(sorted.length / 2)]} ms, longest ${sorted.at(-1)} ms, of ${sorted.length}`,
  );
  assert.ok(sorted.at(-1)! <= msMax, `${what} took ${sorted.at(-1)} ms`);
};
/** So that changes meet the sweep at any moment of its round. */
const anyMoment = (n: number) => new Promise((resolve) => setTimeout(resolve, (n * 137) % 500));

test('a role that was taken away, an account that was disabled, a session that was ended', {
  timeout: 110_000,
}, async (t) => {
  const server = await newServer(t);
  const { holder, supervisor } = await newPeople(t, server);
  const room = `claim/${randomUUIDv7()}`;
  await holder.send(room, 'startDraft', {});
  await supervisor.join(room);

  const unseated: number[] = [];
  const closed: number[] = [];
  const loggedOut: number[] = [];
  for (let n = 0; n < tries; n++) {
    const agent = await newPerson(server, { roles: ['agent'] });
    const other = await newPerson(server, { roles: ['agent'] });
    const [socket, leaving] = await Promise.all([newSocket(t, server, agent), newSocket(t, server, other)]);
    await Promise.all([socket.join(room), leaving.join(room)]);
    await anyMoment(n);

    let startedAt = performance.now();
    // By hand, in the database: no node is told.
    await server.sql(`update accounts set roles = '{marketer}' where id = $1`, [agent.id]);
    await socket.until(() => socket.heard.some(({ seat }) => seat === null), 'it is unseated');
    unseated.push(performance.now() - startedAt);
    assert.equal(
      ((await socket.send(room, 'addNote', { id: randomUUIDv7(), text: 'x' })) as { code: string }).code,
      'not-found',
    );

    startedAt = performance.now();
    await server.sql('update accounts set disabled_at = now() where id = $1', [agent.id]);
    await socket.closed();
    closed.push(performance.now() - startedAt);

    startedAt = performance.now();
    await post(server, '/api/auth/logout', { refreshToken: other.refreshToken });
    await leaving.closed();
    loggedOut.push(performance.now() - startedAt);
    // What happens from now on neither of them hears.
    const before = [socket.heard.length, leaving.heard.length];
    await supervisor.send(room, 'addNote', { id: randomUUIDv7(), text: 'Only for us.' });
    await supervisor.flush();
    assert.deepEqual([socket.heard.length, leaving.heard.length], before);
  }
  report(t, 'role taken away', unseated);
  report(t, 'account disabled', closed);
  report(t, 'session ended', loggedOut);
});

test('a custom role that loses a permission', async (t) => {
  const server = await newServer(t);
  const { holder } = await newPeople(t, server);
  const room = `claim/${randomUUIDv7()}`;
  await holder.send(room, 'startDraft', {});
  const trainee = await newPerson(server, { roles: ['trainee'] });
  const took: number[] = [];
  for (let n = 0; n < 5; n++) {
    await server.sql(
      `insert into roles (name, permissions) values ('trainee', '{claims.audit}')
       on conflict (name) do update set permissions = excluded.permissions`,
    );
    const socket = await newSocket(t, server, trainee);
    for (let joined = false; !joined; await anyMoment(1)) joined = (await socket.join(room)).ok;
    const startedAt = performance.now();
    await server.sql(`update roles set permissions = '{}' where name = 'trainee'`);
    await socket.until(() => socket.heard.some(({ seat }) => seat === null), 'it is unseated');
    took.push(performance.now() - startedAt);
    socket.socket.close();
  }
  report(t, 'permission taken from a role', took);
});
