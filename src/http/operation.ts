/** One route as an OpenAPI operation. */
import { z } from 'zod';
import type { Grantable } from '../../rooms/permissions.ts';
import type { JsonSchema, SchemaOf } from '../docs/json-schema.ts';
import { exampleOf } from '../docs/sample.ts';
import { knownCodes, problem, problemBody, statusOf, titleOf } from './problem.ts';
import type { Access, AnyRoute } from './route.ts';

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: `noun/reason of a rule, or one of: ${knownCodes.join(', ')}.` }),
    details: z.unknown().optional(),
  })
  .meta({ description: 'RFC 9457 problem details. Clients decide by `code`.' });

export const refusalHeaders = {
  'Retry-After': { description: 'Seconds to wait before sending the same again.', schema: { type: 'integer' } },
  'X-Correlation-Id': {
    description: 'The id of this request in our logs: yours, if you sent a UUID, else a new one.',
    schema: { type: 'string', format: 'uuid' },
  },
};
const alwaysRefusals = ['invalid', 'internal'];
const isPermission = (access: Access): access is Grantable => access !== 'public' && access !== 'caller';
const accessRefusals = (access: Access) => [
  ...(access === 'public' ? [] : ['unauthorized']),
  ...(isPermission(access) ? ['forbidden'] : []),
];

export const operationOf = <D>(route: AnyRoute<D>, address: string, schemaOf: SchemaOf) => {
  const codes = [...alwaysRefusals, ...accessRefusals(route.access), ...(route.refusals ?? [])];
  const parameters = [
    ...fields(route.params, 'path', schemaOf),
    ...fields(route.query, 'query', schemaOf),
    ...fields(route.headers, 'header', schemaOf),
  ];
  return {
    operationId: idOf(route.method, address),
    tags: [tagOf(route)],
    summary: route.summary,
    ...(isPermission(route.access) && { description: `Needs the permission \`${route.access}\`.` }),
    parameters,
    ...(route.body && { requestBody: bodyOf(route.body, schemaOf) }),
    responses: {
      [route.status ?? 200]: { description: 'Done.', content: contentOf(route, schemaOf) },
      ...Object.fromEntries(
        Map.groupBy(new Set(codes), statusOf)
          .entries()
          .map(([status, group]) => [status, refusal(group)]),
      ),
      default: {
        description: 'Any other code.',
        headers: correlated,
        content: { 'application/problem+json': { schema: problemRef } },
      },
    },
    // Said also where none is needed, so that nobody has to guess.
    security: route.access === 'public' ? [] : [{ bearer: [] }],
    ...(isPermission(route.access) && { 'x-permission': route.access }),
  };
};

/** `/api/claims/:id` → `claims`; what is outside the API is for operators. */
export const tagOf = <D>({ tag, path }: AnyRoute<D>): string =>
  tag ?? /^\/api\/([^/:]+)/.exec(path)?.[1] ?? 'operators';

/** `post /api/claims/:id/commands/:name` → `postClaimsByIdCommandsByName` */
const idOf = (method: string, address: string) => {
  const words = address.replace(/^\/api(?=\/)/, '').match(/:?\w+/g) ?? ['root'];
  return method + words.map((word) => (word.startsWith(':') ? `By${capital(word.slice(1))}` : capital(word))).join('');
};
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

const bodyOf = (body: z.ZodType, schemaOf: SchemaOf) => {
  const schema = schemaOf(body, 'input');
  const example = schema.properties && exampleOf(body);
  return {
    required: !body.safeParse(undefined).success,
    content: { 'application/json': { schema, ...(example !== undefined && { example }) } },
  };
};

const contentOf = <D>({ reply, media }: AnyRoute<D>, schemaOf: SchemaOf) => {
  if (!(reply instanceof z.ZodString)) return { 'application/json': { schema: schemaOf(reply, 'output') } };
  return { [media ?? 'text/plain']: { schema: { type: media === 'application/json' ? 'object' : 'string' } } };
};

const problemRef = { $ref: '#/components/schemas/Problem' };
const correlated = { 'X-Correlation-Id': { $ref: '#/components/headers/X-Correlation-Id' } };

const refusal = (codes: readonly string[]) => {
  const isWorthAgain = codes.some((code) => problem(code).headers?.['Retry-After'] !== undefined);
  return {
    description: codes.map((code) => `\`${code}\`: ${titleOf(code)}`).join('\n\n'),
    headers: { ...correlated, ...(isWorthAgain && { 'Retry-After': { $ref: '#/components/headers/Retry-After' } }) },
    content: {
      'application/problem+json': {
        schema: problemRef,
        examples: Object.fromEntries(
          codes.map((code) => [keyOf(code), { summary: code, value: problemBody(problem(code)) }]),
        ),
      },
    },
  };
};
/** Keys of examples may hold no slash. */
const keyOf = (code: string) => code.replaceAll('/', '.');

const fields = (schema: z.ZodType | undefined, where: 'path' | 'query' | 'header', schemaOf: SchemaOf) => {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input');
  return Object.entries(properties).map(([name, property]: [string, JsonSchema]) => {
    const { description, ...rest } = property;
    return {
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      ...(description !== undefined && { description }),
      schema: rest,
    };
  });
};
