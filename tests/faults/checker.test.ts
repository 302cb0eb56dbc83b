/** The checker itself: satisfied with a sound run, and each invariant goes red by the fault it is there for. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { commandId } from '../../client/index.ts';
import { check, type Evidence, type Invariant } from './checker.ts';
import type { Event } from './journal.ts';
import type { Line } from './ledger.ts';
import type { Person } from './people.ts';
import { replayed } from './replayed.ts';
import { loss } from './workload.ts';
import { entitled } from '../../rooms/permissions.ts';

const room = 'claim/one';
const at = '2026-01-01T09:00:00.000Z';
const caller = entitled({ accountId: 'sue', roles: ['supervisor'], limits: { reserve: 100, payment: 100 } });
const sue: Person = { caller, token: async () => '' };

/** A claim reported and noted on twice, as the ledger, the journal and one watcher saw it. */
const sound = () => {
  const holderId = randomUUID();
  const coverage = { inQuestion: ['policy-unknown'] };
  const triageBy = '2026-01-01T10:00:00.000Z';
  const notes = [1, 2].map((n) => ({ id: commandId(), text: `Note ${n}.` }));
  const asked: readonly (readonly [name: string, input: object, type: string, data: object])[] = [
    ['report', { holderId, loss }, 'reported', { holderId, number: 'CLM-2026-0000001', loss, coverage, triageBy }],
    ...notes.map((note) => ['addNote', note, 'noteAdded', note] as const),
  ];
  const lines = asked.map(([name, input], i): Line => {
    const answer = { ok: true, epoch: 1, seq: i + 1 } as const;
    return { id: commandId(), room, name, input, by: sue, sentAt: i, answer, answeredAt: i };
  });
  const events = asked.map(([, , type, data], i): Event => {
    const by = { byId: 'sue', bySeat: 'supervisor' };
    return { room, seq: i + 1, epoch: 1, type, data: data as Event['data'], ...by, at, commandId: lines[i]!.id };
  });
  const states = JSON.parse(JSON.stringify(replayed(room, events, new Map()).states)) as object[];
  const shown = events.map(({ epoch, seq }) => ({ epoch, seq, seat: 'supervisor', view: states[seq]! }));
  return { lines, events, head: { room, epoch: 1, seq: 3 }, shown, convergedMs: 1 as number | null };
};
type Run = ReturnType<typeof sound>;

const redOf = (change: (run: Run) => object): string[] => {
  const run = sound();
  const { lines, events, head, shown, convergedMs } = { ...run, ...change(run) };
  const journal = { heads: new Map([[room, head]]), events: new Map([[room, events]]) };
  const evidence: Evidence = { lines, journal, watchings: [{ who: 'ann', room: { id: room }, shown }], convergedMs };
  return Object.keys(check(evidence).red).sort();
};

/** The first of them is what the fault is about; the others follow from it. */
const faults: readonly (readonly [what: string, change: (run: Run) => object, red: readonly Invariant[]])[] = [
  [
    'an acked command is missing',
    ({ events }) => ({ events: events.slice(0, 2), head: { room, epoch: 1, seq: 2 } }),
    ['ackedIsThere', 'shownIsTrue'],
  ],
  [
    'an ack names another seq',
    ({ lines }) => ({ lines: lines.with(2, { ...lines[2]!, answer: { ok: true, epoch: 1, seq: 2 } }) }),
    ['ackedIsThere'],
  ],
  [
    'a seq is left out',
    ({ events }) => ({ events: events.with(2, { ...events[2]!, seq: 4 }), head: { room, epoch: 1, seq: 4 } }),
    ['noGaps', 'ackedIsThere', 'shownIsTrue'],
  ],
  [
    'an epoch falls',
    ({ events }) => ({ events: events.with(0, { ...events[0]!, epoch: 2 }) }),
    ['epochsRise', 'ackedIsThere'],
  ],
  ['an event was asked for by nobody', ({ lines }) => ({ lines: lines.slice(0, 2) }), ['nothingUnasked']],
  [
    'a note is there twice',
    ({ events }) => ({
      events: [...events, { ...events[2]!, seq: 4, commandId: commandId() }],
      head: { room, epoch: 1, seq: 4 },
    }),
    ['effectsOnce', 'nothingUnasked'],
  ],
  ['a watcher is thrown back', ({ shown }) => ({ shown: shown.toReversed() }), ['shownIsTrue']],
  [
    'a watcher sees what never was',
    ({ shown }) => ({ shown: shown.with(1, { ...shown[1]!, view: {} }) }),
    ['shownIsTrue'],
  ],
  ['a watcher stays behind', () => ({ convergedMs: null }), ['viewsConverge']],
  [
    'a command is never answered',
    ({ lines }) => ({ lines: [...lines, { ...lines[2]!, id: commandId(), answer: undefined }] }),
    ['nothingFails'],
  ],
  [
    'a command is refused, but done',
    ({ lines }) => ({ lines: lines.with(2, { ...lines[2]!, answer: { ok: false, code: 'failed', retry: 'no' } }) }),
    ['nothingFails'],
  ],
  ['a head stands elsewhere', () => ({ head: { room, epoch: 1, seq: 2 } }), ['headsAgree']],
  [
    'a decision rests on an outdated state',
    ({ events }) => ({ events: events.with(1, { ...events[1]!, bySeat: 'desk' }) }),
    ['decidedOnTruth'],
  ],
];

test('a sound run contradicts nothing', () => {
  assert.deepEqual(
    redOf(() => ({})),
    [],
  );
});

for (const [what, change, red] of faults)
  test(`it is found out when ${what}`, () => assert.deepEqual(redOf(change), [...red].sort()));
