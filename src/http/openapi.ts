/** The OpenAPI 3.1 document, written from the routes themselves, so it cannot say something else than they do. */
import { z } from 'zod';
import { jsonSchemas } from '../docs/json-schema.ts';
import { fixed } from './fixed.ts';
import { operationOf, Problem, refusalHeaders, tagOf } from './operation.ts';
import { type AnyRoute, routesOf } from './route.ts';
import { apiBases } from './version.ts';

export const openapiPath = '/api/openapi.json';

/** The route that serves the document of all routes, itself included. */
export const openapiRoute = <D>(routes: readonly AnyRoute<D>[]): AnyRoute<D> => {
  let send: ReturnType<typeof fixed> | undefined;
  const route: AnyRoute<D> = routesOf<D>()({
    method: 'get',
    path: openapiPath,
    summary: 'This document.',
    tag: 'docs',
    access: 'public',
    reply: z.string(),
    media: 'application/json',
    handle: async ({ http }) =>
      (send ??= fixed(JSON.stringify(openapi([...routes, route])), 'application/json; charset=utf-8'))(http),
  });
  return route;
};

export const openapi = <D>(routes: readonly AnyRoute<D>[]) => {
  const { components, schemaOf } = jsonSchemas('draft-2020-12');
  components['Problem'] = schemaOf(Problem, 'output');
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes)
    for (const address of [route.path, ...(route.aliases ?? [])]) {
      const { path, servers } = placeOf(address);
      const item = (paths[path] ??= { ...(servers && { servers }) });
      if (route.method in item || 'servers' in item !== (servers !== undefined))
        throw new Error(`two routes at ${route.method} ${path}`);
      item[route.method] = operationOf(route, address, schemaOf);
    }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Claimroom',
      version: '1',
      description:
        'Claims as rooms: read one through your seat, send it commands. The same commands travel over the socket; see /api/asyncapi.json.\n\nA refusal is a problem (RFC 9457) with a `code`; decide by that. What is refused with 503 may be sent again as it is, with the same `Idempotency-Key`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: apiBases.map((url, i) => ({ url, description: i === 0 ? 'Version 1.' : 'The newest version.' })),
    tags: tagsOf(routes).map((name) => ({ name, ...(about[name] && { description: about[name] }) })),
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The `accessToken` of `POST /auth/login`; good for a few minutes.',
        },
      },
      headers: refusalHeaders,
      schemas: components,
    },
  };
};

/** What most readers come for stands first. */
const tagsOf = <D>(routes: readonly AnyRoute<D>[]) => {
  const names = new Set(routes.map(tagOf));
  const last = ['operators', 'docs'].filter((name) => names.has(name));
  return [...[...names].filter((name) => !last.includes(name)), ...last];
};

/** Other tags have no sentence of their own. */
const about: Readonly<Record<string, string>> = {
  operators: 'For load balancers, monitoring and those who look after the server.',
  auth: 'Signing in and out.',
  claims: 'Claims, for clients without a socket: the same rooms, seats, commands and codes.',
  rooms: 'What can be asked of each kind of room.',
  me: 'Oneself: what one may do, what one wants to be told, lists as one likes to look at them.',
  administration: 'Accounts, roles, sessions, settings and tokens. Everything here is in the audit.',
  audit: 'Who did what, from where, with what outcome.',
  docs: 'These documents, and pages to read them.',
};

/** Relative to the base of the API; what is not under it has a server of its own. */
const placeOf = (address: string) => {
  const path = address.replaceAll(/:(\w+)/g, '{$1}');
  return path.startsWith('/api/')
    ? { path: path.slice('/api'.length) }
    : { path, servers: [{ url: '/', description: 'Outside the API.' }] };
};
