/** What an id in a form may refer to: things of the claim's own collections, or somebody met elsewhere. */
import type { Named, References } from '../schema/fields.ts';
import { headingOf, inOrder, isMoney, isTree, isUuid, shapeOf, type Tree } from '../view/shape.ts';
import { money } from '../words/format.ts';
import { wordsOf } from '../words/label.ts';
import type { Names } from '../words/names.ts';

const depthMax = 4;

export const referencesIn = (view: Tree, names: Names) => {
  const namedIn = (collection: string, things: Tree) =>
    inOrder(things).map(([id, entry]): Named => ({ id, name: nameOf(collection, entry) }));
  return {
    /** `exposureId` is one of `exposures`, `line` one of `reserveLines`. */
    references(field: string): References {
      const found = collectionFor(view, field);
      return found
        ? { isClosed: true, suggestions: namedIn(...found) }
        : { isClosed: false, suggestions: names.suggestions(field) };
    },
    parties: () => (isTree(view['parties']) ? namedIn('parties', view['parties']) : []),
    within(reference: string, name: string): readonly Named[] | null {
      const [, things = {}] = collectionFor(view, reference) ?? [];
      const inners = Object.values(things).flatMap((entry) => {
        const inner = isTree(entry) ? entry[name] : undefined;
        return isTree(inner) && shapeOf(inner) === 'collection' ? [inner] : [];
      });
      return inners.length > 0 ? inners.flatMap((inner) => namedIn(name, inner)) : null;
    },
  };
};

/** The collection may be empty: then there is nothing to refer to, and still nothing else to mean. */
const collectionFor = (view: Tree, field: string): readonly [name: string, things: Tree] | undefined => {
  const one = field.replace(/Id$/, '').toLowerCase();
  const many = [`${one}s`, `${one}es`, one.replace(/y$/, 'ies')];
  const isIt = (name: string) => many.some((each) => name.toLowerCase().endsWith(each));
  for (const [name, value] of Object.entries(view))
    if (isTree(value) && isIt(name) && ['collection', 'nothing'].includes(shapeOf(value))) return [name, value];
  return undefined;
};

const nameOf = (collection: string, entry: Tree) => {
  const amount = Object.values(entry).find(isMoney);
  const status = typeof entry['status'] === 'string' ? wordsOf(entry['status']) : undefined;
  const more = [amount && money(amount), status].filter((part) => part !== undefined);
  return `${headingOf(collection, entry)}${more.length > 0 ? ` (${more.join(', ')})` : ''}`;
};

/** What each thing of the claim is called, by its id, however deep it lies. */
export const titlesIn = (view: Tree): ReadonlyMap<string, string> => {
  const titles = new Map<string, string>();
  const learn = (name: string, tree: Tree, depth: number) => {
    for (const [key, value] of Object.entries(tree)) {
      if (!isTree(value) || isMoney(value) || depth > depthMax) continue;
      if (isUuid(key)) titles.set(key, headingOf(name, value));
      learn(key, value, depth + 1);
    }
  };
  learn('', view, 0);
  return titles;
};

/** The currency amounts of this claim are in: the first that is named anywhere in it. */
export const currencyIn = (tree: Tree, depth = 0): string | undefined => {
  for (const [name, value] of Object.entries(tree)) {
    if (name === 'currency' && typeof value === 'string') return value;
    const found = isTree(value) && depth < 4 ? currencyIn(value, depth + 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
};
