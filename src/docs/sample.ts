/** A value as somebody might send it, made from its schema: always the same, so that documents do not change by themselves. */
import { z } from 'zod';

type Json = Readonly<Record<string, unknown>>;

/** Undefined where no simple value passes: better no example than a wrong one. */
export const exampleOf = (schema: z.ZodType): unknown => {
  const { whole, bare } = makingsOf(schema);
  return [whole, bare].find((value) => passes(schema, value));
};

/** Every simple value that passes: with all its fields, with only those it needs, and with each choice of an enumeration. */
export const samplesOf = (schema: z.ZodType): readonly unknown[] => {
  const { json, whole, bare } = makingsOf(schema);
  const different = new Map([whole, bare, ...choices(json, whole)].map((value) => [JSON.stringify(value), value]));
  return [...different.values()].filter((value) => passes(schema, value));
};

const makingsOf = (schema: z.ZodType) => {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  const roots = (json['$defs'] ?? {}) as Json;
  return { json, whole: make({ roots, isWhole: true }, json, ''), bare: make({ roots, isWhole: false }, json, '') };
};
const passes = (schema: z.ZodType, value: unknown) => value !== undefined && schema.safeParse(value).success;

const choices = (json: Json, whole: unknown): unknown[] =>
  Object.entries((json['properties'] ?? {}) as Record<string, Json>).flatMap(([name, { enum: options }]) =>
    Array.isArray(options) ? options.slice(1).map((option) => ({ ...(whole as object), [name]: option })) : [],
  );

interface Making {
  readonly roots: Json;
  readonly isWhole: boolean;
}
const depthMax = 8;

const make = (making: Making, json: Json, name: string, depth = 0): unknown => {
  if (depth > depthMax) return undefined;
  const { $ref, const: only, enum: options, examples, anyOf, oneOf, allOf, type } = json;
  const go = (part: unknown, called = name) => make(making, part as Json, called, depth + 1);
  if (typeof $ref === 'string') return go(making.roots[$ref.split('/').at(-1) ?? ''] ?? {});
  if (only !== undefined) return only;
  if (Array.isArray(options)) return options[0];
  if (Array.isArray(examples)) return examples[0];
  if (json['default'] !== undefined && !making.isWhole) return json['default'];
  for (const several of [anyOf, oneOf]) if (Array.isArray(several)) return go(several[0]);
  if (Array.isArray(allOf)) return Object.assign({}, ...allOf.map((part) => go(part)));
  if (type === 'object') return object(making, json, go);
  if (type === 'array')
    return making.isWhole || Number(json['minItems'] ?? 0) > 0 ? [go(json['items'] ?? {}, singular(name))] : [];
  if (type === 'string') return text(json, name);
  if (type === 'integer' || type === 'number') return number(json);
  if (type === 'boolean') return false;
  return type === 'null' ? null : {};
};

const object = ({ isWhole }: Making, json: Json, go: (part: unknown, called?: string) => unknown) => {
  const required = (json['required'] ?? []) as readonly string[];
  const fields = Object.entries((json['properties'] ?? {}) as Json)
    .filter(([name]) => isWhole || required.includes(name))
    .map(([name, part]) => [name, go(part, name)] as const);
  const { additionalProperties: rest, propertyNames: keys } = json;
  if (isWhole && fields.length === 0 && typeof rest === 'object')
    return { [String(go(keys ?? { type: 'string' }, 'key'))]: go(rest) };
  return Object.fromEntries(fields);
};

const anId = '0190a000-0000-7000-8000-000000000002';
const likely = [
  'claim/0190a000-0000-7000-8000-000000000001',
  anId,
  '2026-01-31',
  '2026-01-31T09:30:00.000Z',
  '2026-01-31T09:30:00Z',
  '09:30',
  'someone@example.com',
  '"12"',
  'Europe/London',
  'CLM-2026-0000042',
  'AB12CDE',
  '12',
  'GB',
  'abc',
];
const text = (json: Json, name: string): string => {
  const { pattern, format, minLength = 0, maxLength = Number.POSITIVE_INFINITY, title } = json;
  const fits = (value: string) =>
    value.length >= Number(minLength) &&
    value.length <= Number(maxLength) &&
    (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(value));
  if (format === 'uri') return 'https://example.com/';
  const words = [title, name, 'text'].filter((each): each is string => typeof each === 'string' && each !== '');
  if (/(?:^i|I)d$/.test(name) && fits(anId)) return anId;
  return [...(pattern === undefined ? words : []), ...likely, ...words].find(fits) ?? 'x'.repeat(Number(minLength));
};
const number = ({ type, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: Json): number => {
  const low = Number(minimum ?? Number.NEGATIVE_INFINITY);
  const high = Number(maximum ?? Number.POSITIVE_INFINITY);
  const fits = (value: number) =>
    value >= low &&
    value <= high &&
    value > Number(exclusiveMinimum ?? Number.NEGATIVE_INFINITY) &&
    value < Number(exclusiveMaximum ?? Number.POSITIVE_INFINITY) &&
    (multipleOf === undefined || value % Number(multipleOf) === 0) &&
    (type === 'number' || Number.isInteger(value));
  return [12_500, 100, 50, 5, 1, 0, 0.5, Number(multipleOf ?? 0), low, high].find(fits) ?? 0;
};
/** `photoIds` → `photoId`. */
const singular = (name: string) => name.replace(/s$/, '');
