/** HTTP written by hand: what two servers could read differently is refused, and who dribbles is put out, while others are answered. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { inTime } from '../support/in-time.ts';
import { newRest } from '../support/rest.ts';

type Rest = Awaited<ReturnType<typeof newRest>>;

/** Everything the server says until it hangs up. */
const say = (t: TestContext, { url }: Rest, text: string) => {
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  t.after(() => socket.destroy());
  socket.on('error', () => {});
  let heard = '';
  socket.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1')));
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(heard)));
  socket.write(text, 'latin1');
  return { socket, closed: () => inTime(closed, 'the connection is closed') };
};
const statuses = (heard: string) => [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** What would be read as a second request if the end of the first one were disputed. */
const hidden = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n';
const post = (...lines: string[]) => `POST /api/auth/login HTTP/1.1\r\nHost: a\r\n${lines.join('\r\n')}\r\n\r\n`;
const json = 'Content-Type: application/json';

const disputed: Readonly<Record<string, string>> = {
  'a length and chunks': `${post(json, 'Content-Length: 6', 'Transfer-Encoding: chunked')}0\r\n\r\n${hidden}`,
  'chunks and a length': `${post(json, 'Transfer-Encoding: chunked', 'Content-Length: 6')}0\r\n\r\n${hidden}`,
  'two lengths': `${post(json, 'Content-Length: 2', 'Content-Length: 40')}{}${hidden}`,
  'two lengths in one line': `${post(json, 'Content-Length: 2, 40')}{}${hidden}`,
  'a length with a sign': `${post(json, 'Content-Length: +2')}{}${hidden}`,
  'a length below zero': `${post(json, 'Content-Length: -1')}{}${hidden}`,
  'a length in hex': `${post(json, 'Content-Length: 0x2')}{}${hidden}`,
  'a length that is no number': `${post(json, 'Content-Length: two')}{}${hidden}`,
  'a space before the colon': `${post(json, 'Content-Length : 2')}{}${hidden}`,
  'a header that goes on in the next line': `${post(json, 'X-One: a', ' b', 'Content-Length: 2')}{}${hidden}`,
  'chunks under another name': `${post(json, 'Transfer-Encoding: xchunked')}0\r\n\r\n${hidden}`,
  'chunks twice': `${post(json, 'Transfer-Encoding: chunked, identity')}0\r\n\r\n${hidden}`,
  'a chunk whose size is no number': `${post(json, 'Transfer-Encoding: chunked')}zz\r\n{}\r\n0\r\n\r\n${hidden}`,
  'a chunk longer than it says': `${post(json, 'Transfer-Encoding: chunked')}1\r\n{}\r\n0\r\n\r\n${hidden}`,
  'a chunk of unthinkable size': `${post(json, 'Transfer-Encoding: chunked')}fffffffffffffffff\r\n{}\r\n`,
  'lines that end without a carriage return': `GET /healthz HTTP/1.1\nHost: a\n\n${hidden}`,
  'a NUL in a header': `GET /healthz HTTP/1.1\r\nHost: a\r\nX-One: a\0b\r\n\r\n${hidden}`,
  'a carriage return in a header': `GET /healthz HTTP/1.1\r\nHost: a\r\nX-One: a\rX-Two: b\r\n\r\n${hidden}`,
  'no host': `GET /healthz HTTP/1.1\r\n\r\n${hidden}`,
  'no such version': 'GET /healthz HTTP/9.9\r\nHost: a\r\n\r\n',
  'no such method': 'PWN /healthz HTTP/1.1\r\nHost: a\r\n\r\n',
  garbage: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
};

test('a request whose end could be read in two ways is refused, and what follows is not read', async (t) => {
  const rest = await newRest(t);
  for (const [name, text] of Object.entries(disputed)) {
    const heard = statuses(await say(t, rest, text).closed());
    assert.ok(heard.length === 1 && heard[0]! >= 400 && heard[0]! < 500, `${name}: ${heard.join()}`);
  }
  const [status] = statuses(
    await say(t, rest, `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`).closed(),
  );
  assert.equal(status, 431);
  assert.equal((await rest.call('GET', '/healthz')).status, 200);
  assert.deepEqual(rest.logged, []);
});

test('the same written properly is read, one after the other', async (t) => {
  const rest = await newRest(t);
  const last = 'GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
  const heard = await say(t, rest, `${post(json, 'Transfer-Encoding: chunked')}2\r\n{}\r\n0\r\n\r\n${last}`).closed();
  assert.deepEqual(statuses(heard), [400, 200], 'an empty login is invalid, and the page behind it answers');
});

test('who sends a header or a body drop by drop is put out in time, and nobody else waits', async (t) => {
  const rest = await newRest(t, { limits: { httpHeadersTimeoutMs: 700, httpRequestTimeoutMs: 1_200 } });
  const startedAt = performance.now();
  const slow = [
    ...Array.from({ length: 50 }, () => say(t, rest, 'GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ')),
    ...Array.from({ length: 50 }, () => say(t, rest, `${post(json, 'Content-Length: 1000')}{`)),
  ];
  const dribble = setInterval(() => {
    for (const { socket } of slow) if (!socket.destroyed) socket.write(' ');
  }, 100);
  t.after(() => clearInterval(dribble));
  for (let n = 0; n < 5; n++) {
    const askedAt = performance.now();
    assert.equal((await rest.call('GET', '/healthz')).status, 200);
    assert.ok(performance.now() - askedAt < 3_000, 'others are answered meanwhile');
  }
  for (const { closed } of slow) assert.deepEqual(statuses(await closed()), [408]);
  assert.ok(performance.now() - startedAt < 20_000, `took ${performance.now() - startedAt} ms`);
});

test('a body is JSON in UTF-8 or refused, whatever else it is called', async (t) => {
  const rest = await newRest(t);
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    'application/jsonp',
    'text/json',
    '',
  ])
    assert.equal(
      (await rest.call('POST', '/api/auth/login', { body: '{}', headers: { 'content-type': type } })).status,
      415,
      type,
    );
});

test('a body that is no text where text is expected is invalid, whatever it pretends to be', async (t) => {
  const rest = await newRest(t);
  for (const email of [{ length: { toString: 1 } }, { length: { valueOf: null, toString: null } }, { size: {} }, []]) {
    const { status, json: refused } = await rest.call('POST', '/api/auth/login', { json: { email, password: 'x' } });
    assert.deepEqual([status, refused.code], [400, 'invalid'], JSON.stringify(email));
  }
  assert.deepEqual(rest.logged, []);
});

test('a page of another origin can neither refresh nor end a session with its cookie', async (t) => {
  const rest = await newRest(t);
  const { email } = await rest.person();
  const { headers } = await rest.call('POST', '/api/auth/login', {
    json: { email, password: 'correct horse battery staple' },
  });
  const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  assert.match(cookie, /rt=./);
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    {},
  ];
  for (const path of ['/api/auth/refresh', '/api/auth/logout'])
    for (const from of foreign) {
      const { status, json: refused } = await rest.call('POST', path, { json: {}, headers: { cookie, ...from } });
      assert.deepEqual([status, refused.code], [403, 'forbidden'], `${path} ${JSON.stringify(from)}`);
    }
  const ours = { cookie, 'sec-fetch-site': 'same-origin' };
  assert.equal((await rest.call('POST', '/api/auth/refresh', { json: {}, headers: ours })).status, 200);
});

test('an address somebody wrote themselves is not believed: guessing slows down whoever guesses', async (t) => {
  const rest = await newRest(t);
  const { email } = await rest.person();
  const guess = (n: number) =>
    rest.call('POST', '/api/auth/login', {
      json: { email, password: `wrong ${n} wrong wrong` },
      headers: { 'x-forwarded-for': `203.0.113.${n}`, forwarded: `for=203.0.113.${n}` },
    });
  const codes: string[] = [];
  for (let n = 0; n < 12; n++) codes.push((await guess(n)).json.code);
  assert.equal(codes.at(-1), 'auth/throttled');
});
