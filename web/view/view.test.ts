/** Views are drawn without knowing what they are of: what kind of thing a value is, how it is called, in which order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sketch } from '../dom/sketch.ts';
import { createNames } from '../words/names.ts';
import { dictionaryOf } from './dictionary.ts';
import { partsOf } from './sections.ts';
import { shapeOf } from './shape.ts';

const id = (n: number) => `0190a000-0000-7000-8000-00000000000${n}`;

test('each value is what it looks like', () => {
  const table: [unknown, string][] = [
    [{ amount: 5, currency: 'GBP' }, 'money'],
    [{ amount: 5, currency: 'GBP', more: 1 }, 'tree'],
    [{ [id(1)]: { text: 'x' } }, 'collection'],
    [{ 'holder.body': { n: 1 }, 'holder.paint': { n: 2 } }, 'collection'],
    [{ [id(1)]: 60 }, 'tree'],
    [{ peril: 'theft' }, 'tree'],
    [{}, 'nothing'],
    ['', 'nothing'],
    [id(1), 'id'],
    ['2026-01-02', 'day'],
    ['2026-01-02T03:04:05.678Z', 'instant'],
    ['2026-01-02 at noon', 'text'],
    [['a'], 'list'],
    [false, 'truth'],
    [0, 'number'],
  ];
  for (const [value, shape] of table) assert.equal(shapeOf(value), shape, JSON.stringify(value));
});

const textOf = (child: unknown): string =>
  Array.isArray(child)
    ? child.map(textOf).join('')
    : typeof child === 'object' && child !== null
      ? `${textOf((child as Sketch).children)}|`
      : typeof child === 'string'
        ? child
        : '';
const drawn = (view: object, cards: Parameters<typeof dictionaryOf>[0] = []) => {
  const reading = {
    names: createNames(),
    titles: new Map([[id(7), 'Jo']]),
    dictionary: dictionaryOf(cards),
    currency: 'GBP',
    isShown: false,
  };
  const { figures, main, course } = partsOf(view as Record<string, unknown>, reading, new Set(['status']));
  return { figures: textOf(figures), main: textOf(main), course: textOf(course) };
};

test('a field nobody has heard of is shown all the same, wherever it stands', () => {
  const { main, figures } = drawn({
    status: 'triage',
    somethingNew: 'here',
    deep: { deeper: { deepest: { at: { the: { very: { bottom: 'found' } } } } } },
    salvage: { amount: 12_300, currency: 'GBP' },
    paidTo: id(7),
  });
  for (const word of ['Something new', 'here', 'found', 'Jo']) assert.ok(main.includes(word), word);
  assert.match(figures, /Salvage.*123\.00/);
  assert.ok(!main.includes('triage'), 'what stands in the heading is not said twice');
});

test('collections come in the order of `n`; of what was said the newest first', () => {
  const things = { [id(1)]: { n: 2, name: 'second' }, [id(2)]: { n: 1, name: 'first' } };
  const notes = {
    [id(1)]: { n: 1, text: 'older', by: id(7), at: '2026-01-01T00:00:00.000Z' },
    [id(2)]: { n: 2, text: 'newer', by: id(7), at: '2026-01-02T00:00:00.000Z' },
  };
  const { main, course } = drawn({ things, notes, noteCount: 2 });
  assert.ok(main.indexOf('First') < main.indexOf('Second') || main.indexOf('first') < main.indexOf('second'), main);
  assert.ok(course.indexOf('newer') < course.indexOf('older'));
  assert.ok(!main.includes('Note count'));
});

test('fields are called, ordered and spelt as the commands that set them do', () => {
  const input = {
    type: 'object',
    properties: {
      loss: {
        type: 'object',
        properties: { peril: { title: 'What happened', enum: ['theft'] }, place: { title: 'Where', type: 'string' } },
      },
    },
  };
  const { main } = drawn({ loss: { place: 'Leeds', peril: 'theft' } }, [{ name: 'report', summary: '', input }]);
  assert.match(main, /What happened\|Theft\|.*Where\|Leeds/);
});
