/** For the checker's test: a small run told by hand, in which everything is right. One claim, and a page of each of four people. */
import { type Caller, offers } from '../../rooms/kit.ts';
import { entitled } from '../../rooms/permissions.ts';
import { claimRoom } from '../../rooms/claim/room.ts';
import type { Ack, JoinAck, Patch, RoomPatch } from '../../rooms/protocol.ts';
import type { EventRow } from '../../src/runtime/ports.ts';
import { mergeDiff } from '../../src/runtime/merge-diff.ts';
import { system } from '../../src/runtime/system.ts';
import type { Event } from '../faults/journal.ts';
import { replayed } from '../faults/replayed.ts';
import type { Evidence } from './evidence.ts';
import type { Line, Message, Seen, Watching } from './ledger.ts';

/** `n` makes it another one each time; good for rooms, commands, notes and people. */
export const id = (n: number) => `0190a000-0000-7000-8000-00000000000${n.toString(16)}`;
export const room = `claim/${id(0)}`;
export const at = '2026-01-01T09:00:00.000Z';
const limits = { reserve: 100_000, payment: 100_000 };
const person = (accountId: string, about: Partial<Caller>): Caller =>
  entitled({ accountId, roles: [], limits, ...about });
export const sue = person('sue', { roles: ['supervisor'] });
export const ann = person('ann', { roles: ['agent'], agentId: id(1) });
export const henry = person('henry', { roles: ['customer'], customerId: id(2) });
export const olga = person('olga', { roles: ['customer'], customerId: id(3) });
const loss = {
  policyNumber: 'SIM-1',
  currency: 'GBP',
  peril: 'glass',
  occurredOn: '2020-02-29',
  place: 'A test track',
  narrative: 'Invented for a test.',
  isInjury: false,
  isDrivable: true,
};
export const note = { id: id(4), text: 'Called the garage.' };

export const row = (
  seq: number,
  by: Caller,
  bySeat: string,
  type: string,
  data: object,
  commandId: string,
): EventRow => ({
  room,
  seq,
  epoch: 1,
  type,
  version: 1,
  dataJson: JSON.stringify(data),
  byId: by.accountId,
  bySeat,
  at,
  commandId,
  commandHash: '',
  correlationId: null,
});
/** Sent at `time` when the head stood at `seq` - 1, and answered a millisecond later when it stood at `seq`. */
export const line = (
  time: number,
  by: Caller,
  name: string,
  input: object,
  commandId: string,
  answer: Ack,
  seq: number,
): Line => ({
  id: commandId,
  room,
  name,
  input,
  by: { caller: by },
  client: `page of ${by.accountId}`,
  sentAt: time,
  answer,
  answeredAt: time + 1,
  isAbandoned: false,
  stoodWhenSent: { epoch: 1, seq: seq - 1 },
  stoodWhenAnswered: { epoch: 1, seq },
});
export const ok = (seq: number): Ack => ({ ok: true, epoch: 1, seq });
export const no = (code: string): Ack => ({ ok: false, code, retry: 'no' });

/** Sue reports a loss of Henry's, the system weighs it, Ann notes something, and is made its handler. */
export const soundRun = () => {
  const report = { holderId: henry.customerId, loss };
  const coverage = { inQuestion: ['policy-unknown'] };
  const triageBy = '2026-01-01T10:00:00.000Z';
  // Glass goes through by itself; the first of January is no working day.
  const firstContactBy = '2026-01-02T13:00:00.000Z';
  // A supervisor's assignment is to be answered as well.
  const answerBy = '2026-01-02T11:00:00.000Z';
  const weight = { priority: 'P4', score: 0, reasons: { 'fast-track': -10 }, firstContactBy };
  const events = [
    row(1, sue, 'supervisor', 'reported', { ...report, number: 'CLM-2026-0000001', coverage, triageBy }, id(5)),
    row(2, system, 'system', 'triaged', weight, id(6)),
    row(3, ann, 'desk', 'noteAdded', note, id(7)),
    row(4, sue, 'supervisor', 'assigned', { handlerId: ann.agentId, answerBy }, id(8)),
  ];
  const reserve = { reserve: { amount: 500, currency: 'GBP' } };
  const lines = [
    line(10, sue, 'report', report, id(5), ok(1), 1),
    line(30, ann, 'addNote', note, id(7), ok(3), 3),
    line(35, ann, 'setReserve', reserve, id(9), no('forbidden'), 3),
    line(40, sue, 'assign', { handlerId: ann.agentId }, id(8), ok(4), 4),
    line(50, ann, 'addNote', note, id(7), ok(3), 4),
    { ...line(51, ann, 'addNote', { ...note, text: 'Another.' }, id(7), no('command/id-reused'), 4) },
    { ...line(52, henry, 'triage', {}, id(10), no('forbidden'), 4), mustBeRefused: ['forbidden'] },
  ];
  // What somebody had gone on with already.
  const refusedReactions = [line(45, system, 'triage', {}, id(11), no('claim/not-now'), 4)];
  const { states, viewAt } = replayed(
    room,
    events.map(({ dataJson, ...event }): Event => ({ ...event, data: JSON.parse(dataJson) })),
    new Map(),
  );
  const sight = (seat: string, seq: number) => ({
    seat,
    epoch: 1,
    seq,
    view: viewAt(seq, seat)!,
    offers: offers(claimRoom, states[seq]!, seat),
  });
  const step = (seat: string, from: number, seq: number): Patch => {
    const patch = mergeDiff(viewAt(from, seat)!, viewAt(seq, seat)!)!;
    return { room, seat, epoch: 1, from, seq, patch, offers: sight(seat, seq).offers };
  };
  const missed = (seat: string, seq: number, patches: readonly Patch[]): JoinAck => {
    const { view: _, ...rest } = sight(seat, seq);
    return { ok: true, ...rest, patches };
  };
  const told = (time: number, caller: Caller, message: RoomPatch | JoinAck, seq: number): Message => ({
    client: `page of ${caller.accountId}`,
    caller,
    room,
    message,
    at: time,
    stood: { epoch: 1, seq },
  });
  const messages = [
    told(15, henry, { ok: true, ...sight('holder', 1) }, 1),
    told(16, olga, { ok: false, code: 'not-found', retry: 'no' }, 1),
    told(20, henry, step('holder', 1, 2), 2),
    told(25, ann, { ok: true, ...sight('desk', 2) }, 2),
    told(31, ann, step('desk', 2, 3), 3),
    told(41, henry, step('holder', 2, 4), 4),
    told(41, ann, { room, ...sight('handler', 4) }, 4),
    told(60, ann, missed('handler', 4, [step('handler', 3, 4)]), 4),
    told(61, olga, { room, seat: null }, 4),
  ];
  const watching = (by: Caller, shown: readonly Seen[]): Watching => ({
    client: `page of ${by.accountId}`,
    who: by.accountId,
    accountId: by.accountId,
    stints: [[...shown]],
    room: { id: room, state: { status: 'joined', ...shown.at(-1)! } },
    isWanted: true,
  });
  const nowhere = { status: 'refused', seat: null, view: null, epoch: 0, seq: 0, offers: [] } as const;
  const watchings: Watching[] = [
    watching(henry, [sight('holder', 1), sight('holder', 2), sight('holder', 4)]),
    watching(ann, [sight('desk', 2), sight('desk', 3), sight('handler', 4)]),
    { ...watching(olga, []), stints: [], room: { id: room, state: nowhere } },
  ];
  const callers = new Map([sue, ann, henry, olga].map((caller) => [caller.accountId, caller]));
  const between = (accountId: string, _from: number, _to: number): readonly Caller[] => [callers.get(accountId)!];
  return {
    events,
    head: { epoch: 1, seq: 4, owner: 'a' },
    lines,
    refusedReactions,
    messages,
    watchings,
    between,
    isHealed: true,
    callers,
    sight,
    step,
    missed,
    told,
  };
};
export type Run = ReturnType<typeof soundRun>;

export const evidenceOf = ({
  events,
  head,
  lines,
  refusedReactions,
  messages,
  watchings,
  callers,
  between,
  isHealed,
}: Run): Evidence => ({
  ledger: { lines, refusedReactions, messages, watchings, copies: new Map() },
  memory: { heads: new Map([[room, head]]), events: new Map([[room, events]]) },
  people: { callers, between },
  isHealed,
  callerLagMs: 100,
});
