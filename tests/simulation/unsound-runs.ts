/** For the checker's test: the sound run with one fault in it, and the invariants that are red then. */
import { entitled } from '../../rooms/permissions.ts';
import type { Caller } from '../../rooms/kit.ts';
import { system } from '../../src/runtime/system.ts';
import type { Invariant } from './checker.ts';
import { ann, henry, id, line, no, note, ok, olga, room, row, type Run, sue } from './sound-run.ts';

export const changed = <T>(list: readonly T[], n: number, change: Partial<T>): T[] =>
  list.with(n, { ...list.at(n)!, ...change });
/** Somebody had other roles for a while. */
export const having =
  (accountId: string, ...were: readonly Caller[]) =>
  ({ between }: Run) => ({
    between: (asked: string, from: number, to: number) => (asked === accountId ? were : between(asked, from, to)),
  });

/** The first of them is what the fault is about; the others follow from it. */
export const faults: readonly (readonly [
  what: string,
  change: (run: Run) => Partial<Run>,
  red: readonly Invariant[],
])[] = [
  ['an ack names another seq', ({ lines }) => ({ lines: changed(lines, 3, { answer: ok(3) }) }), ['ackedIsThere']],
  [
    'an acked command is lost',
    ({ lines }) => ({ lines: [...lines, line(55, sue, 'addNote', { ...note, id: id(11) }, id(12), ok(4), 4)] }),
    ['ackedIsThere'],
  ],
  [
    'a seq is left out',
    ({ events }) => ({ events: changed(events, 3, { seq: 5 }), head: { epoch: 1, seq: 5, owner: 'a' } }),
    ['noGaps', 'ackedIsThere', 'seatedRightly', 'shownIsTrue', 'toldIsTrue'],
  ],
  [
    'an epoch falls',
    ({ events }) => ({ events: changed(events, 1, { epoch: 2 }) }),
    ['epochsRise', 'durableBeforeTold'],
  ],
  [
    'something was asked for by nobody',
    ({ lines }) => ({ lines: lines.filter((each) => each.name !== 'assign') }),
    ['nothingUnasked'],
  ],
  [
    'the system does what is not due',
    ({ events }) => ({
      events: [...events, row(5, system, 'system', 'withdrawn', { reason: 'Never sent.' }, id(11))],
      head: { epoch: 1, seq: 5, owner: 'a' },
    }),
    ['nothingUnasked', 'everybodyArrives'],
  ],
  [
    'one command has its effect under two ids',
    ({ events, lines }) => ({
      events: [...events, row(5, ann, 'handler', 'noteAdded', note, id(11))],
      head: { epoch: 1, seq: 5, owner: 'a' },
      lines: [...lines, line(55, ann, 'addNote', note, id(11), ok(5), 5)],
    }),
    ['effectsOnce', 'decidedOnTruth', 'everybodyArrives'],
  ],
  [
    'a client goes back',
    ({ watchings, sight }) => ({
      watchings: changed(watchings, 0, { stints: [[sight('holder', 2), sight('holder', 1)]] }),
    }),
    ['shownIsTrue'],
  ],
  [
    'a client makes something else of what it was sent',
    ({ watchings, sight }) => ({
      watchings: changed(watchings, 0, { stints: [[{ ...sight('holder', 2), view: {} }]] }),
    }),
    ['shownIsTrue'],
  ],
  ['a head stands elsewhere', () => ({ head: { epoch: 1, seq: 5, owner: 'a' } }), ['headsAgree']],
  [
    'a decision rests on an outdated state',
    ({ events }) => ({ events: changed(events, 2, { bySeat: 'handler' }) }),
    ['decidedOnTruth', 'ackedIsTheirs'],
  ],
  [
    'a command is in the journal twice',
    ({ events }) => ({
      events: [...events, row(5, ann, 'handler', 'noteAdded', { ...note, id: id(11) }, id(7))],
      head: { epoch: 1, seq: 5, owner: 'a' },
    }),
    ['idsOnce', 'ackedIsThere', 'decidedOnTruth', 'everybodyArrives'],
  ],
  [
    'the same command is done, and then refused',
    ({ lines }) => ({ lines: changed(lines, 4, { answer: no('claim/note-exists') }) }),
    ['sameAnswer'],
  ],
  [
    'two commands of one id are both done',
    ({ lines }) => ({ lines: changed(lines, 5, { answer: ok(3) }) }),
    ['sameAnswer', 'ackedIsTheirs'],
  ],
  [
    'a command is told what became of another one',
    ({ lines }) => ({
      lines: lines
        .toSpliced(4, 2, { ...lines[5]!, sentAt: 20, answer: ok(3) })
        .with(1, { ...lines[1]!, answer: no('command/id-reused') }),
    }),
    ['ackedIsTheirs'],
  ],
  [
    'what was refused is done all the same',
    ({ lines }) => ({ lines: changed(lines, 3, { answer: no('claim/already-assigned') }) }),
    ['refusedIsAbsent'],
  ],
  [
    'what must be refused is refused for another reason',
    ({ lines }) => ({ lines: changed(lines, 6, { mustBeRefused: ['command/unknown'] }) }),
    ['mischiefIsRefused'],
  ],
  [
    'a refusal has no reason',
    ({ lines }) => ({ lines: changed(lines, 2, { answer: no('claim/unchanged') }) }),
    ['refusedByRule'],
  ],
  [
    'an id is called used that nobody has used',
    ({ lines }) => ({ lines: changed(lines, 2, { answer: no('command/id-reused') }) }),
    ['refusedByRule'],
  ],
  [
    'a refusal rests on what is long over',
    ({ lines }) => ({
      lines: changed(lines, 2, { stoodWhenSent: { epoch: 1, seq: 4 }, stoodWhenAnswered: { epoch: 1, seq: 4 } }),
    }),
    ['refusedOnPresent'],
  ],
  [
    'what an event sets off is refused on what is long over',
    ({ refusedReactions }) => ({ refusedReactions: changed(refusedReactions, 0, { answer: no('not-found') }) }),
    ['refusedOnPresent'],
  ],
  [
    'an ack comes before the commit',
    ({ lines }) => ({ lines: changed(lines, 3, { stoodWhenAnswered: { epoch: 1, seq: 3 } }) }),
    ['durableBeforeTold'],
  ],
  [
    'a patch comes before the commit',
    ({ messages }) => ({ messages: changed(messages, 4, { stood: { epoch: 1, seq: 2 } }) }),
    ['durableBeforeTold'],
  ],
  [
    'a patch comes of an epoch that has not begun',
    ({ messages, step }) => ({ messages: changed(messages, 4, { message: { ...step('desk', 2, 3), epoch: 2 } }) }),
    ['durableBeforeTold'],
  ],
  [
    'a holder is sent what is for the desk',
    ({ messages, told, step }) => ({ messages: [...messages, told(31, henry, step('desk', 2, 3), 3)] }),
    ['seatedRightly'],
  ],
  [
    'an outsider is sent a view',
    ({ messages, told, sight }) => ({ messages: [...messages, told(70, olga, { room, ...sight('holder', 4) }, 4)] }),
    ['seatedRightly'],
  ],
  [
    'whoever has lost the role is sent more',
    (run) => {
      const former = entitled({ ...ann, roles: [] });
      return {
        messages: [...run.messages, run.told(70, former, { room, ...run.sight('handler', 4) }, 4)],
        ...having('ann', former, ann)(run),
      };
    },
    ['seatedRightly'],
  ],
  [
    'a role that was lost long ago still counts',
    ({ messages, told, sight }) => {
      const once = entitled({ ...olga, roles: ['supervisor'] });
      return { messages: [...messages, told(70, once, { room, ...sight('supervisor', 4) }, 4)] };
    },
    ['callersAreCurrent'],
  ],
  [
    'somebody is sent away from their seat',
    ({ messages, told }) => ({ messages: [...messages, told(70, ann, { room, seat: null }, 4)] }),
    ['sentAwayRightly'],
  ],
  [
    'a patch leaves something out',
    ({ messages, step }) => ({ messages: changed(messages, 4, { message: { ...step('desk', 2, 3), patch: {} } }) }),
    ['toldIsTrue'],
  ],
  [
    'a patch says that it starts where it ends',
    ({ messages, step }) => ({ messages: changed(messages, 4, { message: { ...step('desk', 2, 3), from: 3 } }) }),
    ['toldIsTrue'],
  ],
  [
    'a patch says what is not in that view',
    ({ messages, step }) => {
      const { patch, ...rest } = step('holder', 2, 4);
      return { messages: changed(messages, 5, { message: { ...rest, patch: { ...patch, noteCount: 1 } } }) };
    },
    ['toldIsTrue'],
  ],
  [
    'a patch comes with the buttons of before',
    ({ messages, step, sight }) => ({
      messages: changed(messages, 5, { message: { ...step('holder', 2, 4), offers: sight('handler', 4).offers } }),
    }),
    ['toldIsTrue'],
  ],
  [
    'what was missed is answered with a hole',
    ({ messages, missed, step }) => ({
      messages: changed(messages, 7, { message: missed('handler', 4, [step('handler', 1, 2), step('handler', 3, 4)]) }),
    }),
    ['toldIsTrue'],
  ],
  [
    'a client keeps the buttons of before',
    ({ watchings, sight }) => ({
      watchings: changed(watchings, 0, { stints: [[{ ...sight('holder', 1), offers: ['report'] }]] }),
    }),
    ['shownOffersAreTrue'],
  ],
  [
    'a command is never answered',
    ({ lines }) => {
      const { answer: _, answeredAt: __, stoodWhenAnswered: ___, ...open } = lines[2]!;
      return { lines: lines.with(2, open) };
    },
    ['everythingIsAnswered'],
  ],
  [
    'somebody stays behind',
    ({ watchings, sight }) => ({
      watchings: changed(watchings, 0, { room: { id: room, state: { status: 'joined', ...sight('holder', 2) } } }),
    }),
    ['everybodyArrives'],
  ],
  [
    'somebody waits for ever',
    ({ watchings, sight }) => ({
      watchings: changed(watchings, 0, { room: { id: room, state: { status: 'stale', ...sight('holder', 4) } } }),
    }),
    ['everybodyArrives'],
  ],
  [
    'somebody looks at what is not for them any more',
    ({ callers }) => ({ callers: new Map([...callers, ['henry', entitled({ ...henry, roles: [] })]]) }),
    ['everybodyArrives'],
  ],
  [
    'a reported claim is never weighed',
    ({ events, lines }) => ({
      events: events.slice(0, 1),
      head: { epoch: 1, seq: 1, owner: 'a' },
      lines: lines.slice(0, 1),
      refusedReactions: [],
      messages: [],
      watchings: [],
    }),
    ['reactionsFollow'],
  ],
];
