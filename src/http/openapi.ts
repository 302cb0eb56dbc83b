/** The OpenAPI 3.1 document, written from the routes themselves, so it cannot say something else than they do. */
import { z } from 'zod';
import { knownCodes, statusOf } from './problem.ts';
import { type AnyRoute, answer, routesOf } from './route.ts';

export const openapiPath = '/api/openapi.json';
const alwaysRefusals = ['invalid', 'internal'];

/** The route that serves the document of all routes, itself included. */
export const openapiRoute = <D>(routes: readonly AnyRoute<D>[]): AnyRoute<D> => {
  const route: AnyRoute<D> = routesOf<D>()({
    method: 'get',
    path: openapiPath,
    summary: 'This document.',
    access: 'public',
    reply: z.record(z.string(), z.unknown()),
    handle: async () => answer(document),
  });
  const document = openapi([...routes, route]);
  return route;
};

export const openapi = <D>(routes: readonly AnyRoute<D>[]) => {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes)
    for (const path of [route.path, ...(route.aliases ?? [])])
      (paths[braced(path)] ??= {})[route.method] = operation(route);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Claimroom',
      version: '1',
      description:
        'Claims as rooms: read one through your seat, send it commands. The same commands travel over the socket.',
    },
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: schemaOf(Problem, 'output') },
    },
  };
};

const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: `noun/reason of a rule, or one of: ${knownCodes.join(', ')}.` }),
    details: z.unknown().optional(),
  })
  .meta({ description: 'RFC 9457 problem details. Clients decide by `code`.' });

const operation = <D>(route: AnyRoute<D>) => {
  const codes = [...alwaysRefusals, ...(route.access === 'caller' ? ['unauthorized'] : []), ...(route.refusals ?? [])];
  return {
    summary: route.summary,
    parameters: [...fields(route.params, 'path'), ...fields(route.query, 'query'), ...fields(route.headers, 'header')],
    ...(route.body && {
      requestBody: {
        required: !route.body.safeParse(undefined).success,
        content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
      },
    }),
    responses: {
      200: {
        description: 'Done.',
        content: { [contentType(route.reply)]: { schema: schemaOf(route.reply, 'output') } },
      },
      ...Object.fromEntries(
        Map.groupBy(codes, statusOf)
          .entries()
          .map(([status, group]) => [status, refusal(group)]),
      ),
      default: refusal(['any other code']),
    },
    ...(route.access === 'caller' && { security: [{ bearer: [] }] }),
  };
};

const refusal = (codes: readonly string[]) => ({
  description: codes.join(', '),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const fields = (schema: z.ZodType | undefined, where: 'path' | 'query' | 'header') => {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input');
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema: property,
  }));
};

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
};
const contentType = (reply: z.ZodType) => (reply instanceof z.ZodString ? 'text/plain' : 'application/json');
const braced = (path: string) => path.replaceAll(/:(\w+)/g, '{$1}');
