/** The documents of the live side, and pages that show both. The OpenAPI document adds itself; see src/http/app.ts. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { boards, rooms } from '../../rooms/index.ts';
import { asyncapi, asyncapiPath } from '../../src/docs/asyncapi.ts';
import { fixed } from '../../src/http/fixed.ts';
import { problem } from '../../src/http/problem.ts';
import { route } from './deps.ts';

export const docsPath = '/api/docs';

/** These pages load only what comes from here: no other place can put anything into them. */
const ours = {
  'Content-Security-Policy': "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};
const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};
const page = (name: string) => {
  const text = readFileSync(new URL(`../../web/docs/${name}`, import.meta.url), 'utf8');
  return fixed(text, types[name.split('.').at(-1) ?? ''] ?? '', ours);
};
const routesPage = page('routes.html');
const eventsPage = page('events.html');
const assets = new Map(
  [
    'docs.css',
    'entries.css',
    'icon.svg',
    'start.mjs',
    'tree.mjs',
    'schema.mjs',
    'routes.mjs',
    'events.mjs',
    'try.mjs',
  ].map((name) => [name, page(name)] as const),
);

let sendAsyncapi: ReturnType<typeof fixed> | undefined;

export const docs = [
  route({
    method: 'get',
    path: docsPath,
    summary: 'A page to read the routes on, and to try those that only read.',
    tag: 'docs',
    access: 'public',
    reply: z.string(),
    media: 'text/html',
    handle: async ({ http }) => routesPage(http),
  }),
  route({
    method: 'get',
    path: `${docsPath}/events`,
    summary: 'A page to read the rooms and the live messages on.',
    tag: 'docs',
    access: 'public',
    reply: z.string(),
    media: 'text/html',
    handle: async ({ http }) => eventsPage(http),
  }),
  route({
    method: 'get',
    path: `${docsPath}/assets/:name`,
    summary: 'What the pages are made of.',
    tag: 'docs',
    access: 'public',
    params: z.object({ name: z.string().max(40) }),
    reply: z.string(),
    refusals: ['not-found'],
    handle: async ({ params, http }) => assets.get(params.name)?.(http) ?? problem('not-found'),
  }),
  route({
    method: 'get',
    path: asyncapiPath,
    summary: 'The live side as an AsyncAPI document: verbs, rooms, seats, commands, signals.',
    tag: 'docs',
    access: 'public',
    reply: z.string(),
    media: 'application/json',
    handle: async ({ http }) =>
      (sendAsyncapi ??= fixed(JSON.stringify(asyncapi(rooms, boards)), 'application/json; charset=utf-8'))(http),
  }),
];
