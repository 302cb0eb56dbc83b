/** Reports as a server like Sentry's receives them, over a real connection. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { Log } from '../runtime/ports.ts';
import { readDsn } from './dsn.ts';
import { restOf } from './rate-limits.ts';
import { createReports } from './reports.ts';

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly lines: readonly string[];
}
interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly isSilent?: boolean;
}
const limits = { reportsWaitingMax: 5, reportsPerMinuteMax: 20, reportMs: 300 };
const silent: Log = { info() {}, warn() {}, error() {} };

const newSentry = async (t: TestContext, over: Partial<typeof limits> = {}) => {
  const received: Received[] = [];
  let answer: Answer = {};
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      received.push({ path: request.url!, headers: request.headers, lines: body.split('\n') });
      if (!answer.isSilent) response.writeHead(answer.status ?? 200, answer.headers).end('{"id":"1"}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const time = { ms: 1_767_225_600_000 };
  const clock = { now: () => time.ms, monotonic: () => time.ms };
  const dsn = readDsn(`http://public@127.0.0.1:${port}/7`)!;
  const reports = createReports({ dsn, node: 'one', environment: 'test', clock, limits: { ...limits, ...over } });
  return {
    reports,
    log: reports.watch(silent),
    received,
    time,
    answers: (with_: Answer) => void (answer = with_),
    eventOf: (n: number) => JSON.parse(received[n]!.lines[2]!),
  };
};

test('an error arrives as one event, with its kind and its place in our code', async (t) => {
  const { log, reports, received, eventOf } = await newSentry(t);
  const { stack } = new TypeError('Cannot read properties of undefined');
  log.error({ room: 'claim/01a19b61-2f40-7b6f-9df7-676b3a9c5ada', verb: 'room:join', error: stack }, 'a verb failed');
  await reports.flush();
  const { path, headers, lines } = received[0]!;
  assert.equal(path, '/api/7/envelope/');
  assert.match(headers['x-sentry-auth'] as string, /^Sentry sentry_version=7, sentry_client=\S+, sentry_key=public$/);
  const [head, item] = lines.slice(0, 2).map((line) => JSON.parse(line));
  const event = eventOf(0);
  assert.equal(head.event_id, event.event_id);
  assert.deepEqual([item.type, item.length], ['event', Buffer.byteLength(lines[2]!)]);
  assert.deepEqual([event.level, event.server_name, event.environment], ['error', 'one', 'test']);
  assert.deepEqual(event.tags, { verb: 'room:join', 'room.kind': 'claim' });
  const [{ type, value, stacktrace }] = event.exception.values;
  assert.deepEqual([type, value], ['TypeError', 'Cannot read properties of undefined']);
  const last = stacktrace.frames.at(-1);
  assert.deepEqual([last.filename, last.in_app], ['src/reports/reports.test.ts', true]);
});

test('nothing that anybody wrote, and nothing that names anybody, leaves', async (t) => {
  const { log, reports, received } = await newSentry(t);
  const secrets = [
    'Ann Archer',
    'ann.archer@example.com',
    '+44 20 7946 0958',
    '203.0.113.9',
    '2001:db8:85a3::8a2e:370:7334',
    'hunter2',
    'MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkw',
    '01a19b61-2f40-7b6f-9df7-676b3a9c5ada',
    '1HGCM82633A004352',
    '1984-02-29',
    'GB29NWBK60161331926819',
  ];
  const [name, mail, phone, ip, ip6, , token, id, vin, day, iban] = secrets;
  const said = [
    `Error: invalid input syntax for type date: "${name}" from ${mail}, ${phone} at ${ip} or ${ip6}`,
    `postgres://claimroom:hunter2@db.example:5432/claimroom said no to ${id} with ${token}`,
    `vehicle '${vin}' of \`${name}\`, born ${day}, account ${iban}`,
  ].join('\n');
  log.error({ error: said, accountId: id, email: mail, input: { note: name } }, `a request of ${mail} failed`);
  log.error({ reason: said, stack: `${said}\n    at read (/home/ann/archer.ts:1:2)` }, 'a request failed');
  await reports.flush();
  const all = JSON.stringify(received.map(({ lines }) => lines));
  for (const secret of [...secrets, '/home/ann']) assert.ok(!all.includes(secret), secret);
  assert.match(all, /invalid input syntax for type date: \[quoted\]/);
});

test('nobody waits for a server that does not answer, and what waits is bounded', async (t) => {
  const { log, reports, received, answers } = await newSentry(t);
  answers({ isSilent: true });
  const since = performance.now();
  for (let n = 0; n < 20; n++) log.error({ n }, 'a verb failed');
  assert.ok(performance.now() - since < 100);
  assert.equal(reports.dropped, 20 - limits.reportsWaitingMax);
  await reports.flush();
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual([received.length, reports.sent, reports.dropped], [1, 0, 20]);
});

test('it rests for as long as it is told, then goes on', async (t) => {
  const { log, reports, received, answers, time } = await newSentry(t);
  const say = async () => {
    log.error({}, 'a verb failed');
    await reports.flush();
  };
  answers({ status: 429, headers: { 'retry-after': '30' } });
  await say();
  answers({});
  time.ms += 29_000;
  await say();
  assert.equal(received.length, 1);
  time.ms += 1_000;
  await say();
  assert.deepEqual([received.length, reports.sent, reports.dropped], [2, 1, 2]);
});

test('a broken node reports so many in a minute, and no more', async (t) => {
  const { log, reports, received, time } = await newSentry(t, { reportsPerMinuteMax: 3 });
  const say = async () => {
    log.error({}, 'a verb failed');
    await reports.flush();
  };
  for (let n = 0; n < 5; n++) await say();
  assert.equal(received.length, 3);
  time.ms += 60_000;
  await say();
  assert.equal(received.length, 4);
});

test('the ways in which one is told to rest', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  const rest = (status: number, headers: Record<string, string>) => restOf(status, new Headers(headers), now);
  assert.equal(rest(200, {}), 0);
  assert.equal(rest(429, {}), 60_000);
  assert.equal(rest(429, { 'retry-after': 'Thu, 01 Jan 2026 00:00:05 GMT' }), 5_000);
  assert.equal(rest(200, { 'x-sentry-rate-limits': '60:transaction:key, 2700:default;error:organization' }), 2_700_000);
  assert.equal(rest(429, { 'x-sentry-rate-limits': '60:transaction:key', 'retry-after': '9' }), 0);
  assert.equal(rest(429, { 'x-sentry-rate-limits': '7::organization' }), 7_000);
  assert.equal(rest(429, { 'retry-after': '9999999' }), 3_600_000);
});

test('an address says where and with what key', () => {
  assert.deepEqual(readDsn('https://key@errors.example/7'), {
    key: 'key',
    url: 'https://errors.example/api/7/envelope/',
  });
  assert.equal(readDsn('http://key@localhost:8000/sentry/12')?.url, 'http://localhost:8000/sentry/api/12/envelope/');
  for (const wrong of ['', 'key@host/7', 'https://host/7', 'https://key@host/', 'ftp://key@host/7'])
    assert.equal(readDsn(wrong), null, wrong);
});
