import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { connect } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { createOrm } from '../../src/store/orm.ts';
import { silent } from '../support/auth.ts';
import { newRest } from '../support/rest.ts';

const customerId = '0190a000-0000-7000-8000-0000000000c1';
const loss = {
  policyNumber: 'POL-1',
  currency: 'GBP',
  peril: 'collision',
  occurredOn: '2026-01-05',
  place: 'Leeds',
  narrative: 'Rear-ended at the lights.',
  isInjury: false,
  isDrivable: true,
};
const people = async (t: TestContext) => {
  const rest = await newRest(t);
  const holder = await rest.signedIn({ customerId });
  const supervisor = await rest.signedIn({ roles: ['supervisor'], limits: { reserve: 100_000, payment: 50_000 } });
  const stranger = await rest.signedIn({ customerId: '0190a000-0000-7000-8000-0000000000c2' });
  return { rest, holder, supervisor, stranger, path: `/api/claims/${randomUUIDv7()}` };
};

describe('a claim over HTTP', () => {
  test('is reported, read through each seat, and exists for nobody else', async (t) => {
    const { holder, supervisor, stranger, path } = await people(t);
    assert.equal((await holder.get(path)).json.code, 'not-found');
    const reported = await holder.post(`${path}/commands/report`, { loss });
    assert.deepEqual([reported.status, reported.json], [200, { epoch: 1, seq: 1 }]);

    const mine = await holder.get(path);
    assert.deepEqual([mine.status, mine.json.seat, mine.json.seq, mine.headers.get('etag')], [200, 'holder', 1, '"1"']);
    assert.equal(mine.json.view.loss.place, 'Leeds');
    assert.ok(mine.json.offers.includes('withdraw') && !mine.json.offers.includes('assign'));
    assert.equal((await supervisor.get(path)).json.seat, 'supervisor');
    for (const reply of [await stranger.get(path), await stranger.post(`${path}/commands/withdraw`, { reason: 'x' })])
      assert.deepEqual([reply.status, reply.json.code], [404, 'not-found']);
  });

  test('takes a command once per key: again gives the first answer, another body is refused', async (t) => {
    const { holder, path } = await people(t);
    const key = { 'idempotency-key': randomUUIDv7() };
    const first = await holder.post(`${path}/commands/startDraft`, { loss: { place: 'Leeds' } }, key);
    const again = await holder.post(`${path}/commands/startDraft`, { loss: { place: 'Leeds' } }, key);
    const other = await holder.post(`${path}/commands/startDraft`, { loss: { place: 'York' } }, key);
    assert.deepEqual(again.json, { ...first.json, repeated: true });
    assert.deepEqual([other.status, other.json.code], [422, 'command/id-reused']);
  });

  test('with If-Match, a claim that moved on since is not touched', async (t) => {
    const { holder, path } = await people(t);
    await holder.post(`${path}/commands/startDraft`, {});
    const stale = await holder.post(`${path}/commands/report`, { loss }, { 'if-match': '"7"' });
    assert.deepEqual([stale.status, stale.json.code, stale.json.details], [412, 'stale', { seq: 1 }]);
    assert.equal((await holder.post(`${path}/commands/report`, { loss }, { 'if-match': '"1"' })).status, 200);
  });

  test('refuses as problems: unknown command, not their command, not now, a rule, bad input', async (t) => {
    const { rest, holder, supervisor, path } = await people(t);
    await holder.post(`${path}/commands/report`, { loss });
    const asked: [string, typeof holder, string, unknown, number, string][] = [
      ['no such command', holder, 'explode', {}, 404, 'command/unknown'],
      ['a prototype’s name', holder, 'constructor', {}, 404, 'command/unknown'],
      ['the supervisor’s', holder, 'assign', { handlerId: customerId }, 403, 'forbidden'],
      ['not the time', supervisor, 'approve', { payable: { amount: 1, currency: 'GBP' } }, 409, 'claim/not-now'],
      ['not well formed', supervisor, 'assign', { handlerId: 'X' }, 400, 'invalid'],
    ];
    for (const [what, by, name, input, status, code] of asked) {
      const { json, headers, status: got } = await by.post(`${path}/commands/${name}`, input);
      assert.deepEqual([got, json.status, json.code], [status, status, code], what);
      assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/);
      assert.equal(json.type, `/problems/${code}`);
      assert.equal(typeof json.title, 'string');
    }
    const issues = (await supervisor.post(`${path}/commands/assign`, { handlerId: 'X' })).json.details.issues;
    assert.deepEqual(issues, [{ path: 'handlerId', message: 'a lower-case UUID' }]);
    assert.deepEqual(rest.logged, []);
  });

  test('has one spelling, and its key must be a UUID of version 7', async (t) => {
    const { holder, path } = await people(t);
    const spelt = [
      path.toUpperCase().replace('/API/CLAIMS', '/api/claims'),
      '/api/claims/1',
      '/api/claims/..%2f..%2fx',
      '/api/claims/%00',
      '/api/claims/%E0%A4%A',
    ];
    for (const other of spelt) assert.equal((await holder.get(other)).json.code, 'invalid', other);
    for (const key of ['1', '0190A000-0000-7000-8000-000000000001', '0190a000-0000-4000-8000-000000000001']) {
      const { json } = await holder.post(`${path}/commands/report`, { loss }, { 'idempotency-key': key });
      assert.deepEqual([json.code, json.details.issues[0].path], ['invalid', 'idempotency-key']);
    }
  });

  test('that is busy says when to send the same again', async (t) => {
    const busy = { ok: false, code: 'busy', retry: 'same-id', retryAfterMs: 2_400 } as const;
    const rest = await newRest(t, { deps: { rooms: { read: async () => busy, send: async () => busy } as never } });
    const me = await rest.signedIn();
    for (const reply of [
      await me.get('/api/claims/' + randomUUIDv7()),
      await me.post(`/api/claims/${randomUUIDv7()}/commands/x`, {}),
    ])
      assert.deepEqual([reply.status, reply.json.code, reply.headers.get('retry-after')], [503, 'busy', '3']);
  });
});

test('each kind of room says what can be asked of it', async (t) => {
  const { holder } = await people(t);
  const { json } = await holder.get('/api/rooms/claim/commands');
  const approve = json.commands.find(({ name }: { name: string }) => name === 'approve');
  assert.equal(approve.summary, 'Accept the claim and fix the amount payable.');
  assert.deepEqual(
    [approve.may, approve.when],
    [
      ['handler', 'supervisor'],
      ['assigned', 'review'],
    ],
  );
  assert.equal(approve.input.properties.payable.properties.amount.type, 'integer');
  // What the caller would be by opening a claim with it, if they may.
  const opens = (name: string) => json.commands.find((command: { name: string }) => command.name === name).opens;
  assert.deepEqual([opens('report'), opens('approve')], ['holder', undefined]);
  assert.equal((await holder.get('/api/rooms/unicorn/commands')).status, 404);
});

describe('a request that is not as it should be', () => {
  const login = '/api/auth/login';
  const raw = (
    body: NonNullable<RequestInit['body']>,
    type = 'application/json',
    headers: Record<string, string> = {},
  ) => ({
    body,
    headers: { 'content-type': type, ...headers },
  });

  test('is refused with a code, whatever is wrong with its body', async (t) => {
    const rest = await newRest(t);
    const fields = (inner: string) => `{"email":"a@b.test","password":${inner}}`;
    const bad: [string, RequestInit, number, string][] = [
      ['not JSON', raw('{"email":'), 400, 'invalid'],
      ['not UTF-8', raw(new Uint8Array([0x22, 0xff, 0x22])), 400, 'invalid'],
      ['no body', {}, 400, 'invalid'],
      ['an array', raw('[]'), 400, 'invalid'],
      ['nested too deep', raw(fields(`${'['.repeat(20)}${']'.repeat(20)}`)), 400, 'invalid'],
      ['nested absurdly deep', raw('['.repeat(200_000) + ']'.repeat(200_000)), 400, 'invalid'],
      ['a NUL', raw(fields('"a\\u0000b"')), 400, 'invalid'],
      ['a NUL in a name', raw('{"a\\u0000":1}'), 400, 'invalid'],
      ['half a surrogate pair', raw(fields('"\\ud800"')), 400, 'invalid'],
      ['a field too many', raw('{"email":"a@b.test","password":"x","isAdmin":true}'), 400, 'invalid'],
      ['a prototype', raw('{"email":"a@b.test","password":"x","__proto__":{"client":"api"}}'), 400, 'invalid'],
      ['an operator for a text', raw('{"email":{"$ne":null},"password":{"$ne":null}}'), 400, 'invalid'],
      ['too large', raw(`{"email":"${'x'.repeat(1_100_000)}"}`), 413, 'too-large'],
      ['a form', raw('email=a&password=b', 'application/x-www-form-urlencoded'), 415, 'not-json'],
      ['text', raw('{}', 'text/plain'), 415, 'not-json'],
      ['Latin-1', raw('{}', 'application/json; charset=iso-8859-1'), 415, 'not-json'],
      ['compressed', raw('{}', 'application/json', { 'content-encoding': 'gzip' }), 415, 'not-json'],
    ];
    for (const [what, init, status, code] of bad) {
      const reply = await rest.call('POST', login, init);
      assert.deepEqual([reply.status, reply.json.code], [status, code], what);
    }
    const both = await rest.call('POST', login, { json: { email: 1 } });
    assert.deepEqual(
      both.json.details.issues.map(({ path }: { path: string }) => path),
      ['email', 'password'],
    );
    assert.deepEqual(rest.logged, []);
  });

  test('is refused with a code, whatever is wrong with its address', async (t) => {
    const rest = await newRest(t);
    for (const path of ['/nowhere', '/api', '/api/auth', '/API/auth/login', '/api/claims/%E0%A4%A/x', '/%00']) {
      const reply = await rest.call('GET', path);
      assert.deepEqual([reply.status, reply.json.code], [404, 'not-found'], path);
    }
    const method = await rest.call('GET', login);
    assert.deepEqual(
      [method.status, method.json.code, method.headers.get('allow')],
      [405, 'method-not-allowed', 'POST'],
    );
    for (const wrong of ['PUT', 'DELETE', 'PATCH']) assert.equal((await rest.call(wrong, '/healthz')).status, 405);
    assert.equal((await rest.call('HEAD', '/healthz')).status, 200);
    assert.equal((await rest.call('GET', '/healthz/')).status, 200);
  });

  test('sent without an end is cut off at the limit, not gathered', async (t) => {
    const rest = await newRest(t);
    const socket = connect(Number(new URL(rest.url).port), '127.0.0.1');
    socket.write(
      `POST ${login} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    for (let sent = 0; sent < 64; sent++) socket.write(chunk);
    socket.write('0\r\n\r\n');
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (data) => {
        text += data;
      });
      socket.on('close', () => resolve(text));
    });
    assert.match(answer, /^HTTP\/1\.1 413 [\s\S]*"too-large"/);
  });

  test('given up half-way is no failure of ours', async (t) => {
    const rest = await newRest(t);
    const socket = connect(Number(new URL(rest.url).port), '127.0.0.1');
    socket.write(
      `POST ${login} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"email"`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal((await rest.call('GET', '/healthz')).status, 200);
    assert.deepEqual(rest.logged, []);
  });

  test('that finds no database is told to come back', async (t) => {
    const away = await createOrm('postgres://nobody@127.0.0.1:1/nowhere', { poolMax: 1, log: silent });
    t.after(() => away.close());
    const rest = await newRest(t, { deps: { rooms: { read: () => away.em.fork().execute('select 1') } as never } });
    const reply = await (await rest.signedIn()).get(`/api/claims/${randomUUIDv7()}`);
    assert.deepEqual([reply.status, reply.json.code, reply.headers.get('retry-after')], [503, 'unavailable', '1']);
    assert.deepEqual(rest.logged, []);
  });

  test('never shows what went wrong inside, and logs it with the id the caller was given', async (t) => {
    const broken = async () => {
      throw new Error('password of the database is hunter2');
    };
    const rest = await newRest(t, { deps: { rooms: { read: broken } as never } });
    const me = await rest.signedIn();
    const reply = await me.get(`/api/claims/${randomUUIDv7()}`);
    assert.deepEqual([reply.status, reply.json.code], [500, 'internal']);
    assert.ok(!JSON.stringify(reply.json).includes('hunter2'));
    const [entry] = rest.logged;
    assert.match(JSON.stringify(entry), /hunter2/);
    assert.ok(JSON.stringify(entry).includes(reply.json.details.correlationId));
    assert.equal(reply.headers.get('x-correlation-id'), reply.json.details.correlationId);
  });
});

describe('every answer', () => {
  test('forbids browsers everything, and carries the id of its request', async (t) => {
    const rest = await newRest(t);
    const asked = randomUUIDv7();
    for (const path of ['/', '/healthz', '/nowhere', '/api/nowhere']) {
      const { headers } = await rest.call('GET', path, { headers: { 'x-correlation-id': asked } });
      assert.equal(headers.get('x-correlation-id'), asked);
      assert.equal(
        headers.get('content-security-policy'),
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
      );
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin');
      assert.match(headers.get('strict-transport-security') ?? '', /max-age=31536000/);
      assert.equal(headers.get('x-powered-by'), null);
    }
    const { headers } = await rest.call('GET', '/', { headers: { 'x-correlation-id': 'x y' } });
    assert.match(headers.get('x-correlation-id') ?? '', /^[0-9a-f-]{36}$/);
  });

  test('can be read by pages of the configured origins, and by no others', async (t) => {
    const rest = await newRest(t);
    const ask = (origin: string) => rest.call('GET', '/healthz', { headers: { origin } });
    const ours = await ask('https://desk.example.test');
    assert.equal(ours.headers.get('access-control-allow-origin'), 'https://desk.example.test');
    assert.equal(ours.headers.get('access-control-allow-credentials'), 'true');
    for (const origin of [
      'https://evil.test',
      'null',
      'https://desk.example.test.evil.test',
      'http://desk.example.test',
    ])
      assert.equal((await ask(origin)).headers.get('access-control-allow-origin'), null, origin);
    const preflight = await rest.call('OPTIONS', '/api/auth/login', {
      headers: { origin: 'https://desk.example.test', 'access-control-request-method': 'POST' },
    });
    assert.equal(preflight.status, 204);
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /Idempotency-Key/);
    const foreign = { origin: 'https://evil.test', 'access-control-request-method': 'POST' };
    assert.equal((await rest.call('OPTIONS', '/api/auth/login', { headers: foreign })).status, 405);
  });
});
