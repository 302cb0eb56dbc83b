/** From a command's JSON Schema to the fields of its form. */
import { labelOf } from '../words/label.ts';
import type { Field } from './field.ts';
import {
  alternativesOf,
  isMoneySchema,
  isUuidSchema,
  type JsonSchema,
  settled,
  typeOf,
  wordsBesideId,
} from './json-schema.ts';
import { localInstant, majorUnits } from './values.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
}
export interface References {
  readonly suggestions: readonly Named[];
  /** It can be nothing else. */
  readonly isClosed: boolean;
}
/** What a form can know beside its schema. */
export interface Surroundings {
  newId(): string;
  /** What the id in a field of this name may refer to. */
  references(name: string): References;
  /** People and other parties of the claim. */
  parties(): readonly Named[];
  /** Things within those that a field refers to: the `items` of what a `requestId` may be. Null if there are none. */
  within(reference: string, name: string): readonly Named[] | null;
  readonly currency: string | undefined;
}

/** A text longer than this is written on several lines. */
const lineMax = 200;
const itemsMax = 100;
/** So few numbers are chosen from rather than typed. */
const scaleMax = 10;
const clock = '^([01]\\d|2[0-3]):[0-5]\\d$';

/** `seed`: what to begin with, usually what the claim says now. */
export const fieldsOf = (schema: JsonSchema, seed: unknown, around: Surroundings): Field =>
  fieldOf({ name: '', schema, seed, isNeeded: true, root: schema, around });

interface Making {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly seed: unknown;
  readonly isNeeded: boolean;
  readonly root: JsonSchema;
  readonly around: Surroundings;
  /** In place of the name, which may only be a number. */
  readonly label?: string;
  /** Ids of things that are there already, where an `id` would otherwise be a new one. */
  readonly existing?: readonly Named[] | null | undefined;
}
type Common = Pick<Field, 'name' | 'label' | 'hint' | 'isNeeded' | 'issue'>;

const fieldOf = (making: Making): Field => {
  const { name, isNeeded, around } = making;
  const schema = settled(making.schema, making.root);
  const seed = making.seed ?? schema.default;
  const label = schema.title ?? making.label ?? labelOf(name);
  const common = { name, label, hint: schema.description, isNeeded, issue: undefined };
  const text = typeof seed === 'string' ? seed : '';

  if (schema.const !== undefined) return { ...common, kind: 'given', value: schema.const };
  if (schema.enum) return { ...common, kind: 'option', options: schema.enum, raw: placeOf(schema.enum, seed) };
  const variants = alternativesOf(schema);
  const words = wordsBesideId(variants);
  if (words) {
    const suggestions = [...words.map((word) => ({ id: word, name: labelOf(word) })), ...around.parties()];
    return { ...common, kind: 'reference', isClosed: true, suggestions, raw: text };
  }
  if (variants.length > 1) return choiceOf(making, variants, common);
  if (isMoneySchema(schema)) return moneyOf(seed, around, schema, common);
  if (isUuidSchema(schema)) return idOf(making, common, text);
  switch (typeOf(schema)) {
    case 'object':
      if (schema.properties) return { ...common, kind: 'group', fields: inner({ ...making, schema, seed }) };
      return schema.propertyNames ? mapOf({ ...making, schema, seed }, common) : json(common, seed);
    case 'array':
      return listOf({ ...making, schema, seed }, common);
    case 'boolean':
      return { ...common, kind: 'truth', raw: seed === true ? 'yes' : seed === false ? 'no' : '' };
    case 'integer':
      return scaleOf(schema, common, seed) ?? { ...common, kind: 'integer', longest: 20, raw: numberText(seed) };
    case 'number':
      return { ...common, kind: 'number', longest: 20, raw: numberText(seed) };
    case 'string':
      return textOf(making, schema, common, text);
    default:
      return json(common, seed);
  }
};

/** `Items` → `Item`, for one of them. */
const singular = (label: string) => label.replace(/ies$/, 'y').replace(/(?<=[a-z]{2})s$/, '');

const numberText = (seed: unknown) => (typeof seed === 'number' ? String(seed) : '');

const placeOf = (options: readonly unknown[], seed: unknown) => {
  const place = options.length === 1 ? 0 : options.indexOf(seed);
  return place < 0 ? '' : String(place);
};

const scaleOf = ({ minimum, maximum }: JsonSchema, common: Common, seed: unknown): Field | undefined => {
  if (minimum === undefined || maximum === undefined || maximum - minimum > scaleMax) return undefined;
  const options = Array.from({ length: maximum - minimum + 1 }, (_, i) => minimum + i);
  return { ...common, kind: 'option', options, raw: placeOf(options, seed) };
};

/** Nothing to choose from, and no need to choose. */
const isVain = ({ isClosed, suggestions }: References, isNeeded: boolean) =>
  !isNeeded && isClosed && suggestions.length === 0;

/** Nobody knows ids by heart: where one may be typed, the name stands for it. */
const nameFor = (id: string, { isClosed, suggestions }: References) =>
  (isClosed ? undefined : suggestions.find((each) => each.id === id)?.name) ?? id;

const idOf = ({ name, isNeeded, around, existing }: Making, common: Common, text: string): Field => {
  if (name !== 'id' || !isNeeded) {
    const references = around.references(name);
    if (isVain(references, isNeeded)) return { ...common, kind: 'given', value: undefined };
    const [only, ...others] = references.suggestions;
    // Where there is nothing to choose nobody is asked to.
    const isClear = isNeeded && references.isClosed && only !== undefined && others.length === 0;
    return { ...common, kind: 'reference', ...references, raw: isClear ? only.id : nameFor(text, references) };
  }
  if (!existing) return { ...common, kind: 'given', value: around.newId() };
  const raw = existing.length === 1 ? existing[0]!.id : text;
  return { ...common, label: 'Which', kind: 'reference', isClosed: true, suggestions: existing, raw };
};

const textOf = ({ name, isNeeded, around }: Making, schema: JsonSchema, common: Common, text: string): Field => {
  const { format, pattern, maxLength: longest } = schema;
  if (format === 'date') return { ...common, kind: 'day', longest, raw: text };
  if (format === 'date-time') return { ...common, kind: 'instant', longest, raw: localInstant(text) };
  if (pattern === clock) return { ...common, kind: 'time', longest, raw: text };
  const references = pattern === undefined ? undefined : around.references(name);
  // A key that is no UUID, such as a reserve line's.
  if (references && isVain(references, isNeeded)) return { ...common, kind: 'given', value: undefined };
  if (references?.isClosed) return { ...common, kind: 'reference', ...references, raw: text };
  return { ...common, kind: (longest ?? 0) > lineMax ? 'text' : 'line', longest, raw: text };
};

const inner = ({ schema, seed, root, around, existing }: Making): Field[] => {
  const entries = Object.entries(schema.properties ?? {});
  const reference = entries.find(([name]) => name !== 'id' && around.references(name).isClosed)?.[0];
  return entries.map(([name, part]) =>
    fieldOf({
      name,
      schema: part,
      seed: isTree(seed) && Object.hasOwn(seed, name) ? seed[name] : undefined,
      isNeeded: schema.required?.includes(name) ?? false,
      root,
      around,
      existing: name === 'id' ? existing : reference === undefined ? null : around.within(reference, name),
    }),
  );
};

const moneyOf = (seed: unknown, around: Surroundings, schema: JsonSchema, common: Common): Field => {
  const currencies = (schema.properties?.['currency']?.enum ?? []).map(String);
  const { amount, currency } = isTree(seed) ? seed : {};
  const chosen = typeof currency === 'string' ? currency : (around.currency ?? currencies[0] ?? '');
  const raw = typeof amount === 'number' ? majorUnits(amount, chosen) : '';
  return { ...common, kind: 'money', currencies, raw, currency: chosen };
};

const listOf = (making: Making, common: Common): Field => {
  const { schema, root } = making;
  const seeds: readonly unknown[] = Array.isArray(making.seed) ? making.seed : [];
  const item = settled(schema.items ?? {}, root);
  if (item.enum) {
    const options = item.enum;
    const chosen = new Set(seeds.map((each) => options.indexOf(each)).filter((i) => i >= 0));
    return { ...common, kind: 'several', options, chosen };
  }
  return growing({ ...making, schema: item }, common, seeds, schema);
};

/** `{ <party>: percent }`: pairs, one beside the other. */
const mapOf = (making: Making, common: Common): Field => {
  const { schema } = making;
  const { additionalProperties: value } = schema;
  const pair: JsonSchema = {
    type: 'object',
    properties: {
      key: { title: 'Whose', ...schema.propertyNames },
      value: { title: 'How much', ...(typeof value === 'object' ? value : {}) },
    },
    required: ['key', 'value'],
  };
  const seeds = isTree(making.seed) ? Object.entries(making.seed).map(([key, each]) => ({ key, value: each })) : [];
  return { ...growing({ ...making, schema: pair }, common, seeds, { minItems: 1 }), isMap: true };
};

const growing = (making: Making, common: Common, seeds: readonly unknown[], { minItems = 0, maxItems }: JsonSchema) => {
  let keys = 0;
  const items: { key: number; field: Field }[] = [];
  const add = (seed?: unknown) => {
    const key = keys++;
    const label = `${singular(common.label)} ${key + 1}`;
    items.push({ key, field: fieldOf({ ...making, name: String(key), seed, isNeeded: true, label }) });
  };
  for (const seed of seeds) add(seed);
  while (items.length < minItems) add();
  return { ...common, kind: 'list' as const, isMap: false, items, most: maxItems ?? itemsMax, add: () => add() };
};

const choiceOf = (making: Making, variants: readonly JsonSchema[], common: Common): Field => ({
  ...common,
  kind: 'choice',
  variants: variants.map((schema) => {
    const variant = settled(schema, making.root);
    const only = Object.values(variant.properties ?? {}).find((part) => part.const !== undefined)?.const;
    const label = variant.title ?? labelOf(typeof only === 'string' ? only : (typeOf(variant) ?? 'other'));
    return fieldOf({ ...making, schema: variant, isNeeded: true, label });
  }),
  chosen: common.isNeeded ? 0 : -1,
});

const json = (common: Common, seed: unknown): Field => ({
  ...common,
  hint: common.hint ?? 'As JSON.',
  kind: 'json',
  longest: undefined,
  raw: seed === undefined ? '' : JSON.stringify(seed, null, 2),
});

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
