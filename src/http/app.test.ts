import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { z } from 'zod';
import { defaultLimits } from '../limits.ts';
import { createApp } from './app.ts';
import { answer, routesOf } from './route.ts';
import { createHttpServer } from './server.ts';

const route = routesOf<object>();
const Thing = z.object({ name: z.string() });
const routes = [
  route({
    method: 'get',
    path: '/more',
    summary: 'Has more to say than it declares.',
    access: 'public',
    reply: z.object({ things: z.array(Thing) }),
    handle: async () => answer({ things: [{ name: 'x', secret: 'y' }], secret: 'z' }),
  }),
  route({
    method: 'get',
    path: '/broken',
    summary: 'Breaks its own declaration.',
    access: 'public',
    reply: Thing,
    handle: async () => answer({ name: 1 as unknown as string }),
  }),
  route({
    method: 'post',
    path: '/made',
    summary: 'Makes something.',
    access: 'public',
    status: 201,
    reply: z.object({}),
    handle: async () => answer({}),
  }),
  route({
    method: 'post',
    path: '/all/:id',
    summary: 'Says what it was sent.',
    access: 'public',
    params: z.object({ id: z.string().max(3) }),
    query: z.object({ page: z.string().regex(/^\d+$/).optional() }),
    headers: z.object({ 'if-match': z.string().optional() }),
    body: Thing,
    reply: z.record(z.string(), z.unknown()),
    handle: async ({ params, query, headers, body }) => answer({ params, query, headers, body }),
  }),
];

const newApp = async (t: TestContext) => {
  const logged: object[] = [];
  const measured: string[] = [];
  const app = createApp({
    routes,
    deps: {},
    identify: async () => ({ ok: false, reason: 'missing' }),
    limits: defaultLimits,
    allowedOrigins: [],
    trustedProxies: 0,
    log: { info() {}, warn() {}, error: (fields) => void logged.push(fields) },
    measured: (method, path, status) => void measured.push(`${method} ${path} ${status}`),
  });
  const server = createHttpServer(app.callback(), defaultLimits).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const call = async (path: string, body?: object, headers: Record<string, string> = {}) => {
    const post = body && {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    };
    const response = await fetch(url + path, post ?? {});
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };
  return { call, logged, measured };
};

test('a field that is not declared does not leave', async (t) => {
  const { call } = await newApp(t);
  assert.deepEqual((await call('/more')).json, { things: [{ name: 'x' }] });
});

test('an answer that breaks its declaration does not leave at all', async (t) => {
  const { call, logged } = await newApp(t);
  const { status, json } = await call('/broken');
  assert.deepEqual([status, json['code']], [500, 'internal']);
  assert.equal(logged.length, 1);
});

test('a handler gets what was declared, and nothing beside it', async (t) => {
  const { call } = await newApp(t);
  const { json } = await call('/all/abc?page=2&debug=1', { name: 'x', extra: 1 }, { 'if-match': '"3"' });
  assert.deepEqual(json, {
    params: { id: 'abc' },
    query: { page: '2' },
    headers: { 'if-match': '"3"' },
    body: { name: 'x' },
  });
});

test('every part that is wrong is named at once; a parameter given twice is wrong', async (t) => {
  const { call } = await newApp(t);
  const { status, json } = await call('/all/abcd?page=1&page=2', { name: 1 });
  assert.equal(status, 400);
  const { issues } = json['details'] as { issues: { path: string }[] };
  assert.deepEqual(
    issues.map(({ path }) => path),
    ['id', 'page', 'name'],
  );
});

test('a route answers with the status it declares', async (t) => {
  const { call } = await newApp(t);
  assert.equal((await call('/made', {})).status, 201);
  const { paths } = (await call('/api/openapi.json')).json as {
    paths: Record<string, { post: { responses: object } }>;
  };
  assert.ok('201' in paths['/made']!.post.responses && !('200' in paths['/made']!.post.responses));
});

test('requests are measured by the pattern of their route, so that ids make no new series', async (t) => {
  const { call, measured } = await newApp(t);
  await call('/all/abc', { name: 'x' });
  await call('/nowhere/123');
  await call('/api/v1/openapi.json');
  assert.deepEqual(measured, ['POST /all/:id 200', 'GET none 404', 'GET /api/openapi.json 200']);
});
