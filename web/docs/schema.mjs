/** A JSON Schema as a list of fields a person can read. */
import { foldable, h, inline } from './tree.mjs';

/** Follows a reference inside the document. */
export const resolve = (document, schema) => {
  if (typeof schema?.$ref !== 'string') return schema ?? {};
  const [, ...steps] = schema.$ref.split('/');
  return steps.reduce((part, step) => part?.[step.replaceAll('~1', '/').replaceAll('~0', '~')], document) ?? {};
};

const depthMax = 8;

/** What is there to fill in or to read, with nested fields folded away. */
export const schemaTree = (document, schema, depth = 0) => {
  const whole = resolve(document, schema);
  const choices = whole.anyOf ?? whole.oneOf;
  if (choices)
    return h(
      'div',
      { class: 'schema' },
      h('p', { class: 'quiet' }, 'One of:'),
      choices.map((choice, i) => foldable(titleOf(document, choice, i), schemaTree(document, choice, depth + 1))),
    );
  const fields = Object.entries(whole.properties ?? {});
  if (fields.length === 0 && depth === 0) return h('p', { class: 'schema' }, phrase(document, whole));
  if (depth > depthMax) return h('p', { class: 'quiet' }, '…');
  return h(
    'dl',
    { class: 'schema' },
    fields.map(([name, field]) => fieldTree(document, name, field, (whole.required ?? []).includes(name), depth)),
  );
};

const fieldTree = (document, name, field, isRequired, depth) => {
  const whole = resolve(document, field);
  const inner = resolve(document, whole.items ?? whole);
  const isNested = inner.properties !== undefined || inner.anyOf !== undefined || inner.oneOf !== undefined;
  const said = [whole.title, whole.description].filter((text) => text !== undefined);
  return h(
    'div',
    { class: 'field' },
    h('dt', {}, h('code', {}, name), !isRequired && h('span', { class: 'badge' }, 'optional')),
    h(
      'dd',
      {},
      h('span', { class: 'type' }, phrase(document, whole)),
      said.map((text) => h('span', { class: 'said' }, inline(text))),
      isNested && foldable('Fields', schemaTree(document, inner, depth + 1)),
    ),
  );
};

const titleOf = (document, choice, i) => {
  const whole = resolve(document, choice);
  const name = choice.$ref?.split('/').at(-1) ?? whole.title;
  const fixed = Object.entries(whole.properties ?? {}).find(([, field]) => field.const !== undefined);
  const words = [name ?? (whole.properties ? Object.keys(whole.properties).join(', ') : phrase(document, whole))];
  if (!name && fixed) words.unshift(`${fixed[0]}: ${JSON.stringify(fixed[1].const)} — `);
  return [
    h('span', {}, words.join('') || `Choice ${i + 1}`),
    whole.description ? [' — ', ...inline(whole.description)] : [],
  ];
};

/** `text, up to 40 characters` */
export const phrase = (document, schema) => {
  const { type, format, pattern, title } = schema;
  if (schema.const !== undefined) return `always ${JSON.stringify(schema.const)}`;
  if (schema.enum) return `one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map((choice) => phrase(document, resolve(document, choice))).join(', or ');
  const parts = [Array.isArray(type) ? type.join(' or ') : kindOf(document, schema)];
  if (format) parts.push(format);
  parts.push(...bounds(schema));
  if (pattern && !format) parts.push(inWords(pattern));
  if (schema.default !== undefined) parts.push(`default ${JSON.stringify(schema.default)}`);
  return parts.filter((part) => part !== '').join(', ') || title || 'anything';
};

/** An id’s pattern is long, and everybody knows the thing. */
const inWords = (pattern) =>
  pattern.startsWith('^[0-9a-f]{8}-')
    ? `a UUID${pattern.includes('-7[') ? ', version 7' : ''} in lower case`
    : `matching ${pattern}`;

const kindOf = (document, { type, items, properties, additionalProperties: rest }) => {
  if (type === 'array') return `list of ${phrase(document, resolve(document, items ?? {}))}`;
  if (type === 'string') return 'text';
  if (type === 'object' && !properties)
    return rest && typeof rest === 'object' && Object.keys(rest).length > 0
      ? `object by name, each ${phrase(document, resolve(document, rest))}`
      : 'object';
  return type ?? (properties ? 'object' : 'anything');
};

const bounds = ({ minLength, maxLength, minimum, maximum, exclusiveMinimum, minItems, maxItems }) => [
  ...(maxLength === undefined ? [] : [`up to ${count(maxLength)} characters`]),
  ...(minLength > 1 ? [`at least ${count(minLength)} characters`] : []),
  ...(minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? [] : [`${count(minimum)} or more`]),
  ...(exclusiveMinimum === undefined ? [] : [`more than ${count(exclusiveMinimum)}`]),
  ...(maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? [] : [`at most ${count(maximum)}`]),
  ...(minItems > 0 ? [`at least ${count(minItems)}`] : []),
  ...(maxItems === undefined ? [] : [`up to ${count(maxItems)}`]),
];
const count = (value) => value.toLocaleString('en-GB');
