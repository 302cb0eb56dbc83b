/** What kind of thing a value of a view is. Views hold no null and no list of objects: collections are maps by id. */
import type { Money } from '../words/format.ts';
import { labelOf } from '../words/label.ts';

export type Tree = Readonly<Record<string, unknown>>;
export type Shape =
  | 'money'
  | 'collection'
  | 'tree'
  | 'list'
  | 'truth'
  | 'number'
  | 'instant'
  | 'day'
  | 'id'
  | 'text'
  | 'nothing';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z$/;
const day = /^\d{4}-\d\d-\d\d$/;

export const isUuid = (value: unknown): value is string => typeof value === 'string' && uuid.test(value);
export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isMoney = (value: unknown): value is Money =>
  isTree(value) &&
  Number.isInteger(value['amount']) &&
  typeof value['currency'] === 'string' &&
  Object.keys(value).length === 2;

export const shapeOf = (value: unknown): Shape => {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (Array.isArray(value)) return value.length > 0 ? 'list' : 'nothing';
  if (isMoney(value)) return 'money';
  if (isTree(value)) return Object.keys(value).length === 0 ? 'nothing' : isCollection(value) ? 'collection' : 'tree';
  if (typeof value === 'boolean') return 'truth';
  if (typeof value === 'number') return 'number';
  if (typeof value !== 'string') return 'text';
  if (uuid.test(value)) return 'id';
  if (instant.test(value)) return 'instant';
  return day.test(value) ? 'day' : 'text';
};

/** Things by their ids, or by short names of their own. */
const isCollection = (tree: Tree) => {
  const entries = Object.entries(tree);
  if (!entries.every(([, value]) => isTree(value) && !isMoney(value))) return false;
  const things = entries as [string, Tree][];
  return (
    things.every(([key, thing]) => isUuid(key) || typeof thing['n'] === 'number') ||
    (things.length > 1 && things.every(([, { name, text }]) => typeof (name ?? text) === 'string'))
  );
};

/** In the order the room gave them; without one, as they come. */
export const inOrder = (collection: Tree): readonly (readonly [id: string, entry: Tree])[] =>
  Object.entries(collection as Readonly<Record<string, Tree>>).sort(([, a], [, b]) => orderOf(a) - orderOf(b));
const orderOf = ({ n }: Tree) => (typeof n === 'number' ? n : 0);

/** Somebody said something at some time: drawn as a course of events. */
export const isSaying = (entry: Tree): boolean =>
  typeof entry['text'] === 'string' && (typeof entry['at'] === 'string' || typeof entry['by'] === 'string');

const titles = [
  'title',
  'name',
  'displayName',
  'registration',
  'text',
  'question',
  'description',
  'kind',
  'type',
  'coverage',
  'role',
];
const titleMax = 80;
/** What a thing is, not what has become of it or whom it is about. */
const isAside = /^(?:status|state|to|from|by|keeper|claimant|payee)$/;

/** What to call a thing of a collection in a list or a heading: its name, or else the first that is said of it. */
export const titleOf = (thing: Tree): readonly string[] => {
  const named = titles.map((key) => thing[key]).find((value) => typeof value === 'string' && value !== '');
  if (typeof named === 'string') return [named.length > titleMax ? `${named.slice(0, titleMax - 1)}…` : named];
  const said = Object.entries(thing).filter(([key, value]) => shapeOf(value) === 'text' && !isAside.test(key));
  return said.map(([, value]) => value as string).slice(0, 2);
};

/** `titleOf` as one line; without any words its place: `Request 2`. */
export const headingOf = (collection: string, thing: Tree): string => {
  const words = titleOf(thing).map((word) => (/^[a-z][a-z_-]*$/.test(word) ? labelOf(word) : word));
  const one = labelOf(collection.replace(/ies$/, 'y').replace(/s$/, ''));
  return words.length > 0 ? words.join(', ') : `${one}${typeof thing['n'] === 'number' ? ` ${thing['n']}` : ''}`;
};
