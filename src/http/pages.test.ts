/** The first page as it is sent: to browsers, small, kept by them, and able to load nothing from elsewhere. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { demoHint } from '../demo/hint.ts';
import { demoPassword } from '../demo/people.ts';
import { defaultLimits } from '../limits.ts';
import { createApp } from './app.ts';
import { createPages } from './pages.ts';
import { createHttpServer } from './server.ts';

const silent = { info() {}, warn() {}, error() {} };
/** As Chromium asks for a page. */
const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const kilobytesMax = 60;

const newPage = async (t: TestContext, head = '') => {
  const app = createApp({
    routes: [],
    deps: {},
    identify: async () => ({ ok: false, reason: 'missing' }),
    limits: defaultLimits,
    allowedOrigins: [],
    trustedProxies: 0,
    pages: createPages({ head, log: silent }),
    log: silent,
  });
  const server = createHttpServer(app.callback(), defaultLimits).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return (path: string, headers: Record<string, string> = {}, method = 'GET') => fetch(url + path, { method, headers });
};
const parts = (html: string) => html.match(/\/web\/[\w.-]+/g) ?? [];

test('a browser gets the page, anybody else what they asked for', async (t) => {
  const ask = await newPage(t);
  const page = await ask('/', browser);
  assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.match(await page.text(), /^<!doctype html>/);
  assert.match(page.headers.get('vary') ?? '', /Accept/);
  for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json' }])
    assert.equal((await ask('/', headers)).status, 404, 'no page, and there are no routes here');
  assert.equal((await ask('/', browser, 'POST')).status, 404);
  for (const path of ['/web/main.js', '/web/page.html', '/web/../package.json', '/web/%2e%2e%2fpackage.json', '/web/'])
    assert.equal((await ask(path, browser)).status, 404, path);
});

test('everything of it comes from here, and its parts may be kept for ever', async (t) => {
  const ask = await newPage(t);
  const page = await ask('/', browser);
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';/);
  assert.ok(!policy.includes('unsafe'));
  const html = await page.text();
  assert.doesNotMatch(html, /\{|https?:|style=|<script(?![^>]*src)/, 'nothing is left open, foreign or inline');
  assert.equal(parts(html).length, 3);
  for (const path of parts(html)) {
    const file = await ask(path);
    assert.equal(file.status, 200);
    assert.equal(file.headers.get('cache-control'), 'public, max-age=31536000, immutable', path);
    assert.match(file.headers.get('content-type') ?? '', /^(text\/(javascript|css); charset=utf-8|image\/svg\+xml)$/);
  }
  assert.equal(page.headers.get('cache-control'), 'no-cache', 'only the document is asked for again');
});

test('who has it already is not sent it again, in either spelling', async (t) => {
  const ask = await newPage(t);
  for (const encoding of ['gzip', 'identity']) {
    const headers = { ...browser, 'accept-encoding': encoding };
    const tag = (await ask('/', headers)).headers.get('etag') ?? '';
    const again = await ask('/', { ...headers, 'if-none-match': tag });
    assert.deepEqual([again.status, await again.text()], [304, '']);
    assert.equal(again.headers.get('etag'), tag);
    const other = { ...headers, 'accept-encoding': encoding === 'gzip' ? 'identity' : 'gzip', 'if-none-match': tag };
    assert.equal((await ask('/', other)).status, 200);
  }
});

test(`all of it together is less than ${kilobytesMax} kB on the wire`, async (t) => {
  const ask = await newPage(t);
  const gzip = { ...browser, 'accept-encoding': 'gzip' };
  const sizeOf = async (path: string) => {
    const { headers } = await ask(path, gzip);
    assert.equal(headers.get('content-encoding'), 'gzip');
    return Number(headers.get('content-length'));
  };
  const html = await (await ask('/', gzip)).text();
  let bytes = await sizeOf('/');
  for (const path of parts(html)) bytes += await sizeOf(path);
  t.diagnostic(`${bytes} bytes`);
  assert.ok(bytes > 10_000 && bytes < kilobytesMax * 1_000, `${bytes}`);
});

test('the logins of the demo are in the page of the demo, and in no other', async (t) => {
  const [demo, real] = [await newPage(t, demoHint()), await newPage(t)];
  assert.match(await (await demo('/', browser)).text(), /ann@claimroom\.example/);
  const html = await (await real('/', browser)).text();
  assert.ok(!html.includes(demoPassword) && !html.includes('claimroom.example'));
  for (const path of parts(html)) {
    const text = await (await real(path)).text();
    assert.ok(!text.includes(demoPassword) && !text.includes('claimroom.example'), path);
  }
});

test('no rule of a room, and no zod, is in it', async (t) => {
  const ask = await newPage(t);
  for (const path of parts(await (await ask('/', browser)).text())) {
    const text = await (await ask(path)).text();
    assert.ok(!/ZodError|safeParse|over-authority/.test(text), path);
  }
});
