/** As much of JSON Schema as a form needs to know, with references followed. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

/** The schema meant: a reference is replaced by what it names, parts of an intersection become one. */
export const settled = (schema: JsonSchema, root: JsonSchema): JsonSchema => {
  const { $ref, ...own } = schema;
  const name = $ref?.replace(/^#\/(?:\$defs|definitions)\//, '');
  const { allOf, ...meant }: JsonSchema = name === undefined ? own : { ...root.$defs?.[name], ...own };
  const alternatives = (meant.anyOf ?? meant.oneOf ?? []).filter(({ type }) => type !== 'null');
  // "This or nothing" is this.
  if (alternatives.length === 1) {
    const { anyOf: _, oneOf: __, ...rest } = meant;
    return settled({ ...alternatives[0], ...rest }, root);
  }
  return (allOf ?? []).reduce<JsonSchema>((all, one) => {
    const part = settled(one, root);
    const properties = { ...all.properties, ...part.properties };
    return { ...part, ...all, properties, required: [...(all.required ?? []), ...(part.required ?? [])] };
  }, meant);
};

/** Shapes to choose between. */
export const alternativesOf = ({ anyOf, oneOf }: JsonSchema): readonly JsonSchema[] =>
  (anyOf ?? oneOf ?? []).filter(({ type }) => type !== 'null');

export const typeOf = ({ type }: JsonSchema): string | undefined =>
  typeof type === 'string' ? type : type?.find((each) => each !== 'null');

export const isMoneySchema = ({ properties = {} }: JsonSchema): boolean =>
  Object.keys(properties).sort().join() === 'amount,currency' && properties['amount']?.type === 'integer';

/** The id of a thing, or a word in its place: `holder` or a party's id. The words, or null if it is something else. */
export const wordsBesideId = (variants: readonly JsonSchema[]): readonly string[] | null => {
  const words = variants.map((each) => each.const).filter((each) => typeof each === 'string');
  return words.length === variants.length - 1 && variants.some(isUuidSchema) ? words : null;
};

export const isUuidSchema = (schema: JsonSchema): boolean =>
  typeOf(schema) === 'string' &&
  (schema.format === 'uuid' || (schema.pattern?.startsWith('^[0-9a-f]{8}-[0-9a-f]{4}-') ?? false));
