/** How the fields and values of a view are called, learnt from the schemas of the commands that set them. */
import type { CommandCard } from '../form/cards.ts';
import { type JsonSchema, settled } from '../schema/json-schema.ts';
import { labelOf } from '../words/label.ts';

export interface Dictionary {
  /** `parent` is the name of the field around it, empty at the top. */
  label(parent: string, name: string): string;
  /** Where a field stands in the schemas, so that what is stored in any order is always shown in the same. */
  place(parent: string, name: string): number;
  /** Whether this text is one of a fixed set: then it may be written as words. */
  isCode(text: string): boolean;
}

export const dictionaryOf = (cards: readonly CommandCard[]): Dictionary => {
  // Two commands may call the same field differently; then neither is taken.
  const titles = new Map<string, string | null>();
  const codes = new Set<string>();
  const places = new Map<string, number>();

  const learn = (part: JsonSchema, root: JsonSchema, parent: string, depth: number) => {
    if (depth > 8) return;
    const schema = settled(part, root);
    for (const code of [...(schema.enum ?? []), schema.const]) if (typeof code === 'string') codes.add(code);
    for (const [name, inner] of Object.entries(schema.properties ?? {})) {
      const { title } = settled(inner, root);
      const key = `${parent}.${name}`;
      if (!places.has(key)) places.set(key, places.size);
      if (title !== undefined) titles.set(key, titles.has(key) && titles.get(key) !== title ? null : title);
      learn(inner, root, name, depth + 1);
    }
    for (const inner of [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])])
      if (inner) learn(inner, root, parent, depth + 1);
  };
  for (const { input } of cards) learn(input, input, '', 0);

  return {
    // At the top a field is often asked for in other words than it is shown.
    label: (parent, name) => (parent === '' ? undefined : titles.get(`${parent}.${name}`)) ?? labelOf(name),
    place: (parent, name) => places.get(`${parent}.${name}`) ?? Number.MAX_SAFE_INTEGER,
    isCode: (text) => codes.has(text),
  };
};
