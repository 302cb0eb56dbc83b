/** A whole view, drawn without knowing what it is of: facts, figures, parts within parts, collections in their order. */
import { type Child, h } from '../dom/sketch.ts';
import { money } from '../words/format.ts';
import { headingOf, inOrder, isMoney, isSaying, isTree, shapeOf, titleOf, type Tree } from './shape.ts';
import { wordsOf } from '../words/label.ts';
import { chip, type Reading, recently, valueOf, wordsOrText } from './value.ts';

/** Said elsewhere, or only there to order by. */
const unsaid = new Set(['n', 'id']);
const statusNames = new Set(['status', 'state']);
/** Deeper than this it is written as it is. */
const depthMax = 5;
const longMin = 60;
/** Cards with no more than this stand two in a row. */
const smallMax = 6;
/** Of what was said the newest so many are shown, and the rest when it is asked for. */
const saidMax = 5;

export interface Parts {
  /** Amounts at the top of the view. */
  readonly figures: Child;
  readonly main: Child;
  /** What was said, by whom and when. */
  readonly course: Child;
}

export const partsOf = (view: Tree, reading: Reading, headed: ReadonlySet<string>): Parts => {
  const entries = sorted('', view, reading).filter(
    ([name, value]) => !headed.has(name) && !isCount(name, view) && shapeOf(value) !== 'nothing',
  );
  const figures = entries.filter(([, value]) => isMoney(value));
  const deep = entries.filter(([, value]) => ['tree', 'collection'].includes(shapeOf(value)));
  const flat = entries.filter(([, value]) => !['tree', 'collection', 'money'].includes(shapeOf(value)));
  const isCourse = ([, value]: readonly [string, unknown]) =>
    shapeOf(value) === 'collection' && Object.values(value as Tree).every((entry) => isSaying(entry as Tree));

  return {
    figures: figures.map(
      ([name, value]) =>
        isMoney(value) &&
        h('div', { key: name, class: 'figure', mark: money(value), isNew: reading.isShown }, [
          h('dt', null, reading.dictionary.label('', name)),
          h('dd', { class: 'number' }, money(value)),
        ]),
    ),
    main: [
      ...deep.filter((entry) => !isCourse(entry)).map(([name, value]) => section('', name, value, reading, 0)),
      flat.length > 0 &&
        h('section', { key: 'facts', class: 'card' }, [h('h2', null, 'Details'), facts('', flat, reading)]),
    ],
    course: deep.filter(isCourse).map(([name, value]) => section('', name, value, reading, 0)),
  };
};

/** A claim that was stored and read again may name its fields in another order. What schemas know first, times last. */
const sorted = (parent: string, tree: Tree, { dictionary }: Reading) => {
  const isTime = (value: unknown) => Number(shapeOf(value) === 'instant');
  return Object.entries(tree).sort(
    ([a, one], [b, other]) =>
      dictionary.place(parent, a) - dictionary.place(parent, b) || isTime(one) - isTime(other) || (a < b ? -1 : 1),
  );
};

/** `noteCount` beside `notes`: whoever sees the notes can count. */
const isCount = (name: string, view: Tree) => name.endsWith('Count') && `${name.slice(0, -5)}s` in view;

const leavesOf = (value: unknown): number =>
  isTree(value) && !isMoney(value) ? Object.values(value).reduce<number>((sum, each) => sum + leavesOf(each), 0) : 1;

const section = (parent: string, name: string, value: unknown, reading: Reading, depth: number): Child =>
  h('section', { key: name, class: depth > 0 ? 'part' : leavesOf(value) > smallMax ? 'card' : 'card is-small' }, [
    h(`h${Math.min(depth + 2, 6)}`, null, reading.titles.get(name) ?? reading.dictionary.label(parent, name)),
    inside(name, value as Tree, reading, depth),
  ]);

const inside = (name: string, value: Tree, reading: Reading, depth: number): Child => {
  if (depth > depthMax) return h('pre', null, JSON.stringify(value, null, 2));
  if (shapeOf(value) !== 'collection') return tree(name, value, reading, depth);
  const entries = inOrder(value);
  // Of what was said the newest matters most; of things the first stays first.
  return entries.every(([, entry]) => isSaying(entry))
    ? sayings([...entries].reverse(), reading, depth)
    : h(
        'ol',
        { class: 'things' },
        entries.map(([id, entry]) => thing(name, id, entry, reading, depth)),
      );
};

const sayings = (newestFirst: readonly (readonly [id: string, entry: Tree])[], reading: Reading, depth: number) => {
  const list = (entries: typeof newestFirst, each: Reading) =>
    h(
      'ol',
      { class: 'course', reversed: true },
      entries.map(([id, entry]) => saying(id, entry, each, depth)),
    );
  const earlier = newestFirst.slice(saidMax);
  return [
    list(newestFirst.slice(0, saidMax), reading),
    // What has only moved down is no news.
    earlier.length > 0 &&
      h('details', { key: 'earlier', class: 'earlier' }, [
        h('summary', null, `${earlier.length} earlier`),
        list(earlier, { ...reading, isShown: false }),
      ]),
  ];
};

const tree = (name: string, value: Tree, reading: Reading, depth: number): Child => {
  const entries = sorted(name, value, reading).filter(([key, each]) => !unsaid.has(key) && shapeOf(each) !== 'nothing');
  const isDeep = ([, each]: readonly [string, unknown]) => ['tree', 'collection'].includes(shapeOf(each));
  const flat = entries.filter((entry) => !isDeep(entry));
  return [
    flat.length > 0 && facts(name, flat, reading),
    entries.filter(isDeep).map(([key, each]) => section(name, key, each, reading, depth + 1)),
  ];
};

const facts = (parent: string, entries: readonly (readonly [string, unknown])[], reading: Reading): Child =>
  h(
    'dl',
    { class: 'facts' },
    entries.map(([name, value]) => {
      const isLong = typeof value === 'string' && (value.length > longMin || value.includes('\n'));
      return h(
        'div',
        { key: name, class: isLong ? 'is-long' : undefined, mark: JSON.stringify(value), isNew: reading.isShown },
        [
          h('dt', null, reading.titles.get(name) ?? reading.dictionary.label(parent, name)),
          h('dd', null, valueOf(name, value, reading)),
        ],
      );
    }),
  );

const saying = (id: string, entry: Tree, reading: Reading, depth: number): Child => {
  const { text, at, by } = entry;
  const rest = Object.entries(entry).filter(([name]) => !unsaid.has(name) && !['text', 'at', 'by'].includes(name));
  const isDeep = ([, each]: readonly [string, unknown]) => ['tree', 'collection'].includes(shapeOf(each));
  const about: readonly Child[] = [
    typeof by === 'string' && valueOf('by', by, reading),
    typeof at === 'string' && recently(at),
    ...rest
      .filter((each) => !isDeep(each))
      .map(([name, value]) => [wordsOf(reading.dictionary.label('', name)), ' ', said(name, value, reading)]),
  ];
  return h('li', { key: id, mark: JSON.stringify(entry), isNew: reading.isShown }, [
    h('p', { class: 'said' }, String(text)),
    tree('', Object.fromEntries(rest.filter(isDeep)), reading, depth + 1),
    h(
      'p',
      { class: 'quiet' },
      about.filter((part) => part !== false).map((part, i) => [i > 0 && ' · ', part]),
    ),
  ]);
};

/** In the middle of a line: `to holder`, but still `to Carl Brandt`. */
const said = (name: string, value: unknown, reading: Reading): Child =>
  shapeOf(value) === 'text' && wordsOrText(name, String(value), reading) !== value
    ? wordsOf(String(value))
    : valueOf(name, value, reading);

const thing = (parent: string, id: string, entry: Tree, reading: Reading, depth: number): Child => {
  const title = titleOf(entry);
  const status = Object.entries(entry).find(([name, value]) => statusNames.has(name) && typeof value === 'string');
  const rest = Object.entries(entry).filter(
    ([name, value]) => name !== status?.[0] && !(typeof value === 'string' && title.includes(value)),
  );
  return h('li', { key: id, mark: JSON.stringify(entry), isNew: reading.isShown }, [
    h('p', { class: 'thing' }, [h('strong', null, headingOf(parent, entry)), status && [' ', chip(String(status[1]))]]),
    tree(parent, Object.fromEntries(rest), reading, depth + 1),
  ]);
};
