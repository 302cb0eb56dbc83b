/** Puts the server's issues, `{ path: 'loss.peril', message }`, at the fields they speak of. */
import type { Field } from './field.ts';

export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** Returns those for which there is no field: they are said above the form. */
export const place = (whole: Field, issues: readonly Issue[], say: (message: string) => string): string[] =>
  issues.flatMap(({ path, message }) => {
    const found = find(whole, path === '' ? [] : path.split('.'));
    if (!found || found === whole) return [path === '' ? say(message) : `${path}: ${say(message)}`];
    found.issue ??= say(message);
    return [];
  });

/** The field itself, or the innermost one around it that there is. */
const find = (field: Field, path: readonly string[]): Field | undefined => {
  const [name, ...rest] = path;
  if (field.kind === 'choice') {
    const variant = field.variants[field.chosen];
    return variant && name !== undefined ? find(variant, path) : field;
  }
  if (name === undefined) return field;
  const part =
    field.kind === 'group'
      ? field.fields.find((each) => each.name === name)
      : field.kind === 'list'
        ? (field.isMap ? field.items.find(({ field: pair }) => keyOf(pair) === name) : field.items[Number(name)])?.field
        : undefined;
  // What nobody can see cannot show what is wrong with it.
  if (part === undefined) return field;
  return part.kind === 'given' ? undefined : find(part, rest);
};

/** By what a pair of a map is known: the server names it, not its place. */
const keyOf = (pair: Field) => {
  const key = pair.kind === 'group' ? pair.fields[0] : undefined;
  return key && 'raw' in key ? key.raw : undefined;
};

/** Fields with an issue, in the order they are drawn. */
export const faulty = (field: Field, path = ''): string[] => {
  const at = (part: Field, name: string) => faulty(part, path === '' ? name : `${path}.${name}`);
  const own = field.issue !== undefined && path !== '' ? [path] : [];
  switch (field.kind) {
    case 'group':
      return [...own, ...field.fields.flatMap((part) => at(part, part.name))];
    case 'list':
      return [...own, ...field.items.flatMap(({ field: part }, i) => at(part, String(i)))];
    case 'choice':
      return [...own, ...(field.variants[field.chosen] ? faulty(field.variants[field.chosen]!, path) : [])];
    default:
      return own;
  }
};
