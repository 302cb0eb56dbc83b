/** One value of a view, readable: amounts, days, names, words. */
import { type Child, h, type Sketch } from '../dom/sketch.ts';
import { day, exactInstant, instant, money, since } from '../words/format.ts';
import { hashOf } from '../route.ts';
import { labelOf } from '../words/label.ts';
import type { Names } from '../words/names.ts';
import type { Dictionary } from './dictionary.ts';
import { isMoney, shapeOf, type Tree } from './shape.ts';

export interface Reading {
  readonly names: Names;
  /** Things of this view, by id. */
  readonly titles: ReadonlyMap<string, string>;
  readonly dictionary: Dictionary;
  /** Of the claim, for amounts that do not name theirs. */
  readonly currency: string | undefined;
  /** It has been on the page before: what comes now is news. */
  readonly isShown: boolean;
}

/** Names of fields whose values are codes, wherever they stand. */
const isCodeField =
  /(?:status|state|kind|type|peril|priority|seat|role|coverage|outcome|step|line|category|channel|from|to)$/i;
/** Whole numbers in these fields are minor units of the claim's currency. */
const isAmountField = /^(?:excess|limit|paid|recovered)$|reserve$|incurred$|net$|potential$/i;

/** A word out of a fixed set, as words; anything else as it is. */
export const wordsOrText = (name: string, text: string, { dictionary }: Pick<Reading, 'dictionary'>): string =>
  /^[a-z][A-Za-z_-]*$/.test(text) && (isCodeField.test(name) || dictionary.isCode(text)) ? labelOf(text) : text;

/** Scalars and short lists; what has parts of its own is drawn by `sections.ts`. */
export const valueOf = (name: string, value: unknown, reading: Reading): Child => {
  const { names, titles, currency } = reading;
  switch (shapeOf(value)) {
    case 'money':
      return isMoney(value) && h('span', { class: 'number' }, money(value));
    case 'truth':
      return value === true ? 'Yes' : 'No';
    case 'number': {
      const amount = value as number;
      const isAmount = currency !== undefined && Number.isInteger(amount) && isAmountField.test(name);
      return h('span', { class: 'number' }, isAmount ? money({ amount, currency }) : number(name, amount));
    }
    case 'instant':
      return time(value as string, instant(value as string));
    case 'day':
      return h('time', { datetime: value as string }, day(value as string));
    case 'id':
      names.met(name, value as string);
      return titles.get(value as string) ?? person(value as string, names);
    case 'list':
      return (value as unknown[]).map((each, i) => [i > 0 && ', ', valueOf(name, each, reading)]);
    case 'text':
      return wordsOrText(name, String(value), reading);
    case 'nothing':
      return null;
    default:
      // Deeper than anything is drawn: still there for who wants to know.
      return h('code', null, JSON.stringify(value as Tree));
  }
};

const number = (name: string, value: number) =>
  new Intl.NumberFormat(undefined, { useGrouping: !/year|version/i.test(name) }).format(value);

export const person = (id: string, names: Names): Sketch =>
  names.isClaim(id)
    ? h('a', { href: hashOf({ page: 'claim', id }) }, names.of(id))
    : names.knows(id)
      ? h('span', { title: id }, names.of(id))
      : h('code', { class: 'id', title: id }, names.of(id));

export const time = (at: string, text: string): Sketch => h('time', { datetime: at, title: exactInstant(at) }, text);
export const recently = (at: string): Sketch => time(at, since(at, Date.now()));

const tones: Readonly<Record<string, string>> = {
  approved: 'good',
  partially_approved: 'good',
  settling: 'good',
  closed: 'done',
  denied: 'bad',
  void: 'done',
  withdrawn: 'done',
  draft: 'done',
  awaiting_info: 'wait',
  review: 'wait',
  P1: 'bad',
  P2: 'wait',
};
/** A status or priority as a chip. Those we have not heard of look like any that is under way. */
export const chip = (code: string, text = labelOf(code)): Sketch =>
  h('span', { class: `chip is-${Object.hasOwn(tones, code) ? tones[code] : 'open'}`, mark: code }, text);
