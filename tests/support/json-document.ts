/** Finds one's way in a JSON document such as an OpenAPI one. */
// `any`: a test says itself what it expects of a part
export type Part = any;

/** Every `$ref` anywhere in it. */
export const refsOf = (part: Part): string[] => {
  if (part === null || typeof part !== 'object') return [];
  return Object.entries<Part>(part).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : refsOf(value),
  );
};

/** Where a reference leads, undefined if nowhere. */
export const at = (document: Part, ref: string): Part =>
  ref
    .replace(/^#\//, '')
    .split('/')
    .reduce((part, step) => part?.[step], document);
