import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { addDays } from '../../rooms/calendar.ts';
import { commandsOf, roomOf } from '../../rooms/kit.ts';
import { Day, Uuid7 } from '../../rooms/values.ts';
import { explore } from './explore.ts';
import { roomCard } from './room-card.ts';
import { roomsText } from './rooms-text.ts';

interface Loan {
  readonly status: 'asked' | 'lent' | 'late' | 'back';
  readonly at: string;
  readonly until?: string;
  readonly reminders: Readonly<Record<string, string>>;
}
const events = {
  asked: z.strictObject({}),
  lent: z.strictObject({ until: Day }),
  reminded: z.strictObject({ id: Uuid7 }),
  ended: z.strictObject({ how: z.enum(['back', 'late']) }),
};
const command = commandsOf<Loan, 'reader' | 'desk', typeof events>();
const nothing = z.strictObject({});
const loanRoom = roomOf<Loan, 'reader' | 'desk'>()({
  kind: 'loan',
  name: Uuid7,
  version: 1,
  initial: { status: 'asked', at: '', reminders: {} },
  events,
  apply: {
    asked: (loan, _, { at }) => ({ ...loan, at }),
    lent: (loan, { until }, { at }) => ({ ...loan, status: 'lent' as const, until, at }),
    reminded(loan, { id }, { at }) {
      if (loan.status !== 'lent') throw new Error('nobody reminds of what was not lent');
      return { ...loan, reminders: { ...loan.reminders, [id]: at } };
    },
    ended: (loan, { how }) => ({ ...loan, status: how }),
  },
  commands: {
    ask: command({
      summary: 'Ask for a book | or two.',
      opens: { 'claims.own': 'reader' },
      may: [],
      when: [],
      input: nothing,
      decide: () => [{ type: 'asked', data: {} }],
    }),
    remind: command({
      summary: 'Remind the reader.',
      may: ['desk'],
      when: ['lent'],
      input: nothing,
      decide: () => [{ type: 'ended', data: { how: 'late' } }],
    }),
  },
  seat: () => 'desk',
  view: { desk: (loan) => loan, reader: ({ status }) => ({ status }) },
  deadlines: ({ status, at, until = '', reminders }) => [
    ...(status === 'asked' && at !== '' ? [{ name: 'forgotten', at: addDays(at, 7), command: 'drop', input: {} }] : []),
    ...(status === 'lent' ? [{ name: 'due', at: `${until}T00:00:00.000Z`, command: 'remind', input: {} }] : []),
    ...Object.entries(reminders).map(([id, sent]) => ({
      name: `reminder/${id}`,
      at: addDays(sent, 1),
      command: 'remind',
      input: {},
    })),
  ],
});

test('statuses are found by letting events happen, each choice of them', () => {
  assert.deepEqual(new Set(explore(loanRoom).statuses), new Set(['asked', 'lent', 'back', 'late']));
});

test('so is what falls due: one of many by its kind, in days where they do not depend on what was said', () => {
  const byName = Object.fromEntries(explore(loanRoom).deadlines.map((due) => [due.name, due]));
  assert.deepEqual(byName['forgotten'], {
    name: 'forgotten',
    command: 'drop',
    after: '7 days',
    setBy: ['asked'],
    statuses: ['asked'],
  });
  assert.deepEqual(byName['due'], { name: 'due', command: 'remind', setBy: ['lent'], statuses: ['lent'] });
  assert.deepEqual([byName['reminder/<id>']?.after, byName['reminder/<id>']?.command], ['1 day', 'remind']);
  assert.equal(Object.keys(byName).length, 3);
});

test('a room without deadlines and without events yet has neither', () => {
  const { deadlines: _, ...quiet } = loanRoom;
  assert.deepEqual(explore(quiet).deadlines, []);
  assert.deepEqual(explore({ ...quiet, events: {}, apply: {} }), { statuses: [], deadlines: [] });
});

test('the text for people has a row for each command, and what it opens', () => {
  const text = roomsText({ loan: loanRoom }, []);
  const [desk, reader] = ['desk', 'reader'].map((seat) => roomCard(loanRoom).seats.indexOf(seat) + 2);
  const rows = text.split('\n').map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));
  const row = rows.find(([, name]) => name === '`ask`') ?? [];
  assert.deepEqual([row[desk!], row[reader!]], ['', '○']);
  assert.ok(text.includes('Ask for a book \\| or two.') && text.includes('claims.own (as reader)'));
  assert.match(text, /`forgotten` +\| asked +\| asked +\| after 7 days/);
  assert.match(text, /`due` +\| lent +\| lent +\| when the room says/);
});
