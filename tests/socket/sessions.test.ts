/** A socket lives as long as its login, its account and its rights do, and no longer. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { describe, test, type TestContext } from 'node:test';
import { loss } from '../../rooms/claim/fake-claims.ts';
import { createKeys } from '../../src/auth/keys.ts';
import { accessTokenSeconds, createTokens } from '../../src/auth/tokens.ts';
import { newPeople } from '../support/people.ts';
import { newPerson, newServer, post, type Person, type TestServer } from '../support/server.ts';
import { connectSocket, newSocket, refusalOf } from '../support/socket.ts';

/** A token of this server's own making that was issued so long ago that it ends in `seconds`. */
const tokenEndingIn = (
  { dataDir }: TestServer,
  { id, sessionId }: Pick<Person, 'id' | 'sessionId'>,
  seconds: number,
) => {
  const clock = { now: () => Date.now() - (accessTokenSeconds - seconds) * 1_000 };
  return createTokens(createKeys({ dataDir }), clock).issue({ accountId: id, sessionId });
};
const letIn = (t: TestContext, server: TestServer, auth: object) => refusalOf(connectSocket(t, server, auth));

describe('a socket is let in', () => {
  test('with a good token and nothing else', async (t) => {
    const server = await newServer(t);
    const person = await newPerson(server);
    assert.equal(await letIn(t, server, { token: person.token }), null);
    const [head, body, signature] = person.token.split('.');
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    const bad = [
      undefined,
      null,
      '',
      42,
      {},
      [person.token],
      'x'.repeat(5_000),
      person.refreshToken,
      `${head}.${body}.`,
      `${none}.${body}.`,
      `${head}.${body}.${signature!.split('').reverse().join('')}`,
      tokenEndingIn(server, person, -60).token,
    ];
    for (const token of bad) assert.equal(await letIn(t, server, { token }), 'unauthorized', JSON.stringify(token));
    assert.equal(await letIn(t, server, {}), 'unauthorized');
    assert.equal(
      await letIn(t, server, { token: tokenEndingIn(server, { ...person, id: randomUUIDv7() }, 60).token }),
      'unauthorized',
    );
    assert.deepEqual(server.errors, []);
  });

  test('not from a page of somebody else’s', async (t) => {
    const server = await newServer(t, { env: { ALLOWED_ORIGINS: 'https://desk.example.test' } });
    const { token } = await newPerson(server);
    const from = (origin: string) => refusalOf(connectSocket(t, server, { token }, { origin }));
    for (const origin of [server.url, 'https://desk.example.test']) assert.equal(await from(origin), null, origin);
    for (const origin of [
      'https://evil.test',
      'null',
      'https://desk.example.test.evil.test',
      'http://desk.example.test',
      'file://',
      'x',
    ])
      assert.equal(await from(origin), 'websocket error', origin);
  });

  test('not when its account has been disabled', async (t) => {
    const server = await newServer(t);
    const person = await newPerson(server);
    await server.accounts.disable(person.id);
    assert.equal(await letIn(t, server, { token: person.token }), 'unauthorized');
  });
});

describe('a socket ends', () => {
  test('with its access token, unless a fresh one was handed in', async (t) => {
    const server = await newServer(t);
    const [person, other] = await Promise.all([newPerson(server), newPerson(server)]);
    const short = tokenEndingIn(server, person, 2);
    const [left, renewed, misled] = await Promise.all([
      newSocket(t, server, short),
      newSocket(t, server, short),
      newSocket(t, server, short),
    ]);
    const answer = await renewed.ask('session:renew', { token: person.token });
    assert.equal(answer.ok, true);
    assert.ok(Date.parse(answer.expiresAt) > Date.now() + 200_000);

    // Somebody else's token, an old one and none at all renew nothing.
    const no = { ok: false, code: 'unauthorized', retry: 'no' };
    for (const token of [other.token, tokenEndingIn(server, person, -60).token, '', 'x'])
      assert.deepEqual(await misled.ask('session:renew', { token }), no);
    assert.equal((await misled.ask('session:renew', { token: 7 })).code, 'invalid');

    await Promise.all([left.closed(), misled.closed()]);
    assert.ok(Date.now() >= Date.parse(short.expiresAt), 'not before its time');
    assert.equal(renewed.socket.connected, true);
    assert.deepEqual(await renewed.flush(), { ok: true });
  });

  test('with the login it came from, and no other login of the person', async (t) => {
    const server = await newServer(t);
    const person = await newPerson(server);
    const { json } = await person.signIn();
    const [first, second] = [
      await newSocket(t, server, person),
      await newSocket(t, server, { token: json.accessToken }),
    ];
    await post(server, '/api/auth/logout', { refreshToken: person.refreshToken });
    await first.closed();
    assert.deepEqual(await second.flush(), { ok: true });
  });

  test('when its account is disabled, on all devices, and commands of it have no effect any more', async (t) => {
    const server = await newServer(t);
    const { holder, desk } = await newPeople(t, server);
    const second = await newSocket(t, server, holder);
    const since = performance.now();
    await server.accounts.disable(holder.id);
    await Promise.all([holder.closed(), second.closed()]);
    assert.ok(performance.now() - since < 2_500, `after ${performance.now() - since} ms`);
    assert.equal((await holder.post(`/api/claims/${randomUUIDv7()}/commands/startDraft`, {})).status, 401);
    assert.deepEqual(await desk.flush(), { ok: true });
  });
});

describe('rights that change while a socket lives', () => {
  test('seat it anew: a new supervisor is shown everything at once, and may act', async (t) => {
    const server = await newServer(t);
    const { holder, desk, handler } = await newPeople(t, server);
    const room = `claim/${randomUUIDv7()}`;
    await holder.send(room, 'report', { loss });
    await desk.join(room);
    await desk.until(() => desk.sight(room)?.view.status === 'triage', 'triage');
    assert.equal(
      ((await desk.send(room, 'assign', { handlerId: handler.agentId })) as { code: string }).code,
      'forbidden',
    );
    await server.sql(`update accounts set roles = '{agent,supervisor}' where id = $1`, [desk.id]);
    await desk.until(() => desk.sight(room)?.seat === 'supervisor', 'the new seat');
    for (const name of ['assign', 'addNote', 'setReserve', 'withdraw'])
      assert.ok(desk.sight(room)!.offers.includes(name));
    assert.ok(!desk.sight(room)!.offers.includes('approve'));
    assert.equal((await desk.send(room, 'assign', { handlerId: handler.agentId })).ok, true);
  });

  test('unseat it: who is staff no longer sees nothing more, and is told so', async (t) => {
    const server = await newServer(t);
    const { holder, desk } = await newPeople(t, server);
    const room = `claim/${randomUUIDv7()}`;
    await holder.send(room, 'startDraft', {});
    await desk.join(room);
    await desk.join('board/claims');
    await server.sql(`update accounts set roles = '{assessor}' where id = $1`, [desk.id]);
    const isTold = (id: string) => desk.heard.some((message) => message.room === id && message.seat === null);
    await desk.until(() => isTold(room) && isTold('board/claims'), 'the end of both');
    const before = desk.heard.length;
    await holder.send(room, 'withdraw', { reason: 'Paid it myself.' });
    await desk.flush();
    assert.equal(desk.heard.length, before);
    assert.deepEqual(await desk.join(room), { ok: false, code: 'not-found', retry: 'no' });
    assert.deepEqual(await desk.send(room, 'addNote', { id: randomUUIDv7(), text: 'x' }), {
      ok: false,
      code: 'not-found',
      retry: 'no',
    });
  });

  test('set new limits for what it may decide', async (t) => {
    const server = await newServer(t);
    const { holder, supervisor } = await newPeople(t, server);
    const room = `claim/${randomUUIDv7()}`;
    await holder.send(room, 'report', { loss });
    await supervisor.join(room);
    await supervisor.until(() => supervisor.sight(room)?.view.status === 'triage', 'triage');
    await server.sql('update accounts set reserve_limit = 5 where id = $1', [supervisor.id]);
    // Limits are in no view, so nothing tells when they hold; a command that never takes effect does.
    let answer: unknown;
    for (let amount = 1_000; amount < 2_000; amount++) {
      const ack = await supervisor.send(room, 'setReserve', { reserve: { amount, currency: 'GBP' } });
      answer = ack.ok ? undefined : { code: ack.code, details: ack.details };
      if (!ack.ok && ack.code !== 'busy') break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.deepEqual(answer, { code: 'claim/over-authority', details: { limit: { amount: 5, currency: 'GBP' } } });
  });
});
