/** What the documents say is what the code does: nothing is missing, nothing is left over, every example passes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { z } from 'zod';
import { routes as declared } from '../handlers/http/index.ts';
import { roomVerbs } from '../handlers/socket/rooms.ts';
import { sessionVerbs } from '../handlers/socket/session.ts';
import { signalVerbs } from '../handlers/socket/signals.ts';
import { boards, rooms } from '../rooms/index.ts';
import type { AnyRoom } from '../rooms/kit.ts';
import { asyncapi } from '../src/docs/asyncapi.ts';
import { roomsText } from '../src/docs/rooms-text.ts';
import { asked, said } from '../src/docs/verbs.ts';
import { openapi, openapiRoute } from '../src/http/openapi.ts';
import { statusOf } from '../src/http/problem.ts';
import { defaultLimits } from '../src/limits.ts';
import { at, type Part, refsOf } from './support/json-document.ts';

const routes = [...declared, openapiRoute(declared)];
const register: readonly AnyRoom[] = Object.values<AnyRoom>(rooms);
const http: Part = JSON.parse(JSON.stringify(openapi(routes)));
const live: Part = JSON.parse(JSON.stringify(asyncapi(rooms, boards)));
const setOf = (names: readonly unknown[]) => new Set(names);
/** The operation of a route under one of its addresses. */
const operationOf = (method: string, address: string): Part =>
  http.paths[address.replace(/^\/api(?=\/)/, '').replaceAll(/:(\w+)/g, '{$1}')]?.[method];
const addresses = routes.flatMap((route) =>
  [route.path, ...(route.aliases ?? [])].map((address) => ({ route, address })),
);

describe('the OpenAPI document', () => {
  test('has every route and every other address of it, and no more', () => {
    assert.equal(http.openapi, '3.1.0');
    for (const { route, address } of addresses)
      assert.equal(operationOf(route.method, address)?.summary, route.summary, `${route.method} ${address}`);
    const operations = Object.values<object>(http.paths).flatMap((item) =>
      Object.keys(item).filter((key) => key !== 'servers'),
    );
    assert.equal(operations.length, addresses.length);
  });

  test('leads to where each route is, under both names of the API', () => {
    assert.deepEqual(
      http.servers.map(({ url }: Part) => url),
      ['/api/v1', '/api'],
    );
    for (const [path, item] of Object.entries<Part>(http.paths)) {
      const [first] = (item.servers ?? http.servers) as [{ url: string }];
      const url = first.url.replace(/\/$/, '').replace('/api/v1', '/api') + path;
      assert.ok(
        addresses.some(({ address }) => address.replaceAll(/:(\w+)/g, '{$1}') === url),
        url,
      );
    }
  });

  test('declares the parameters of each path, a tag, an id, who may call, an answer, and what else may come', () => {
    const ids = new Set<string>();
    const tags = new Set(http.tags.map(({ name }: Part) => name));
    for (const [path, item] of Object.entries<Part>(http.paths))
      for (const [method, operation] of Object.entries<Part>(item)) {
        if (method === 'servers') continue;
        const where = `${method} ${path}`;
        const inPath = operation.parameters.filter((parameter: Part) => parameter.in === 'path');
        const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        assert.deepEqual(setOf(inPath.map(({ name }: Part) => name)), setOf(named), where);
        for (const parameter of inPath) assert.equal(parameter.required, true, where);
        assert.ok(operation.tags.length === 1 && tags.has(operation.tags[0]), where);
        assert.match(operation.operationId, /^[a-z]\w+$/, where);
        assert.ok(!ids.has(operation.operationId), `${where}: its id is taken`);
        ids.add(operation.operationId);
        assert.ok(
          operation.responses.default && Object.keys(operation.responses).some((status) => status.startsWith('2')),
        );
        assert.ok(Array.isArray(operation.security), where);
      }
  });

  test('names each code a route may be refused with, in words, under its status', () => {
    for (const { route, address } of addresses) {
      const isOpen = route.access === 'public';
      const needs = isOpen || route.access === 'caller' ? undefined : (route.access as string);
      const codes = [
        'invalid',
        ...(isOpen ? [] : ['unauthorized']),
        ...(needs === undefined ? [] : ['forbidden']),
        ...(route.refusals ?? []),
      ];
      const { responses, security, 'x-permission': permission } = operationOf(route.method, address);
      for (const code of codes) {
        const { description, content } = responses[statusOf(code)];
        assert.match(description, new RegExp(`\`${code}\`: \\w`), `${address} ${code}`);
        const example = content['application/problem+json'].examples[code.replaceAll('/', '.')];
        assert.deepEqual([example.value.code, example.value.status], [code, statusOf(code)]);
      }
      assert.deepEqual(security, isOpen ? [] : [{ bearer: [] }]);
      assert.equal(permission, needs);
    }
  });

  test('shows only bodies that would be taken', () => {
    for (const { route, address } of addresses) {
      const body = operationOf(route.method, address).requestBody?.content['application/json'];
      if (body?.example !== undefined) assert.equal(route.body.safeParse(body.example).success, true, address);
    }
    const login = operationOf('post', '/api/auth/login').requestBody.content['application/json'];
    assert.deepEqual(Object.keys(login.example), ['email', 'password', 'client']);
  });
});

describe('the AsyncAPI document', () => {
  const verbs = [...roomVerbs({} as never, defaultLimits), ...signalVerbs({} as never, defaultLimits), ...sessionVerbs];

  test('has every verb the server listens to, with the very schema it checks', () => {
    assert.equal(live.asyncapi, '3.0.0');
    assert.deepEqual(setOf(verbs.map(({ name }) => name)), setOf(Object.keys(asked)));
    for (const { name, request } of verbs) assert.equal(asked[name as keyof typeof asked].request, request, name);
    const heard = operations('receive').filter(({ channel }) => channel.$ref === '#/channels/wire');
    assert.deepEqual(setOf(heard.map(({ title }) => title)), setOf(Object.keys(asked)));
    assert.deepEqual(setOf(operations('send').map(({ title }) => title)), setOf(Object.keys(said)));
  });
  const operations = (action: string) =>
    Object.values<Part>(live.operations).filter((operation: Part) => operation.action === action) as Part[];

  test('shows only frames that would be taken, or said', () => {
    // What is no part of the schema would fall away.
    const fits = (schema: z.ZodType, frame: unknown) => assert.deepEqual(schema.parse(frame), frame);
    for (const { request, reply, frames } of Object.values(asked)) {
      assert.ok(frames.length > 0);
      for (const { ask, answer } of frames as readonly { ask: unknown; answer?: unknown }[]) {
        fits(request, ask);
        if (answer !== undefined) fits(reply!, answer);
      }
    }
    for (const { message, frames } of Object.values(said)) for (const frame of frames) fits(message, frame.message);
  });

  test('has every kind of room with its seats, every command with who and when, every signal, every board', () => {
    const known = [
      'wire',
      ...register.map(({ kind }) => kind),
      ...boards.map(({ id }) => id.replace('/', '.').replace('*', 'name')),
    ];
    assert.deepEqual(setOf(Object.keys(live.channels)), setOf(known));
    for (const room of register) {
      const channel = live.channels[room.kind];
      assert.deepEqual(channel['x-seats'], Object.keys(room.view));
      assert.deepEqual(channel['x-presence'], room.presence ?? []);
      if (room.statuses) assert.deepEqual(channel['x-statuses'], room.statuses, 'a status that is not declared');
      const all = [
        ...Object.keys(room.commands).map((name) => `command.${name}`),
        ...Object.keys(room.signals ?? {}).map((kind) => `signal.${kind}`),
      ];
      assert.deepEqual(setOf(Object.keys(channel.messages)), setOf(all));
      for (const [name, command] of Object.entries<Part>(room.commands)) {
        const message = channel.messages[`command.${name}`];
        assert.deepEqual(
          [message.summary, message['x-may'], message['x-when'], message['x-opens']],
          [command.summary, command.may, command.when, command.opens ?? {}],
        );
        assert.equal(message.payload.properties.name.const, name);
        for (const { payload } of message.examples ?? []) {
          assert.equal(asked['room:command'].request.safeParse(payload).success, true, name);
          assert.equal(command.input.safeParse(payload.input).success, true, name);
        }
      }
    }
  });

  test('knows what falls due on a claim nobody sends', () => {
    const due = live.channels.claim['x-deadlines'].find(({ name }: Part) => name === 'draft-expires');
    assert.deepEqual([due.after, due.statuses], ['30 days', ['draft']]);
  });
});

test('no reference in either document leads nowhere', () => {
  for (const document of [http, live]) {
    const refs = new Set(refsOf(document));
    assert.ok(refs.size > 0);
    for (const ref of refs) assert.ok(ref.startsWith('#/') && at(document, ref) !== undefined, ref);
  }
});

test('docs/rooms.md is what `npm run docs` writes now', () => {
  const committed = readFileSync(new URL('../docs/rooms.md', import.meta.url), 'utf8');
  assert.ok(
    committed === roomsText(rooms, boards),
    'docs/rooms.md is old: run `npm run docs` and look at what changed',
  );
});
