/** Anything, by anybody, in any order: what must hold of a claim whatever happens to it. A failure prints its seed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Caller, execute, isRejection, offers } from '../kit.ts';
import type { Claim, Seat } from './claim.ts';
import {
  callers,
  gbp,
  handlerId,
  holderId,
  loss,
  noteId,
  otherAgentId,
  otherHolderId,
  stranger,
} from './fake-claims.ts';
import { claimRoom } from './room.ts';

interface Ask {
  readonly name: string;
  readonly input: unknown;
  readonly by: Caller;
  readonly laterMs: number;
}
const people: readonly Caller[] = [...Object.values(callers), stranger];
const seats = Object.keys(claimRoom.view) as Seat[];
const final = ['approved', 'denied', 'withdrawn'];
const staffOnly = ['handlerId', 'priority', 'priorityScore', 'reserve', 'notes', 'noteCount'];

const money = fc.integer({ min: 0, max: 600_000 }).map(gbp);
const words = fc.constantFrom('Because.', ' a\nb ', '🦊', '__proto__');
const inputByName: Record<string, fc.Arbitrary<unknown>> = {
  startDraft: fc.constantFrom({}, { holderId }, { holderId: otherHolderId }, { loss }),
  report: fc.constantFrom(
    {},
    { loss },
    { holderId, loss },
    { loss: { ...loss, peril: 'theft', isInjury: true } },
    { loss: { ...loss, occurredOn: '2031-01-01' } },
  ),
  triage: fc.constant({}),
  assign: fc.constantFrom({ handlerId }, { handlerId: otherAgentId }),
  addNote: fc.record({ id: fc.integer({ min: 0, max: 30 }).map(noteId), text: words }),
  setReserve: fc.record({ reserve: money }),
  approve: fc.record({ payable: money }),
  decline: fc.record({ reason: words, clause: words }),
  withdraw: fc.record({ reason: words }),
  'no such command': fc.constant({}),
};
/** Mostly well formed, so that walks get far; sometimes not. */
const inputOf = (name: string) =>
  fc.oneof({ weight: 9, arbitrary: inputByName[name]! }, { weight: 1, arbitrary: fc.jsonValue() });
const laterMs = fc.integer({ min: 0, max: 10_000 });
const ask = fc
  .constantFrom(...Object.keys(inputByName))
  .chain((name) =>
    fc.record({ name: fc.constant(name), input: inputOf(name), by: fc.constantFrom(...people), laterMs }),
  );
/** How a claim usually begins, as far as it got: few walks would find the way to a decision by themselves. */
const usual: readonly Ask[] = [
  { name: 'report', input: { loss }, by: callers.holder, laterMs: 1 },
  { name: 'triage', input: {}, by: callers.system, laterMs: 1 },
  { name: 'assign', input: { handlerId }, by: callers.supervisor, laterMs: 1 },
  { name: 'setReserve', input: { reserve: gbp(400_000) }, by: callers.handler, laterMs: 1 },
];
const walks = fc
  .record({ got: fc.nat(usual.length), asks: fc.array(ask, { minLength: 10, maxLength: 50, size: 'max' }) })
  .map(({ got, asks }) => [...usual.slice(0, got), ...asks]);

test('no walk through a claim breaks what must always hold', () => {
  const reached = new Set<string>();
  const walk = (asks: readonly Ask[]) => {
    const journal: { type: string; data: unknown; at: string; by: { accountId: string; seat: Seat } }[] = [];
    let claim: Claim = claimRoom.initial;
    let nowMs = Date.parse('2026-01-01T09:00:00.000Z');
    for (const { name, input, by, laterMs } of asks) {
      const now = new Date((nowMs += laterMs)).toISOString();
      const isNew = journal.length === 0;
      const seat = isNew ? null : claimRoom.seat(claim, by);
      const context = { room: 'claim/1', by, now, facts: { claimNumber: 'CLM-2026-0000001' } };
      const outcome = execute(claimRoom, claim, { name, input, isNew }, context);
      if (isRejection(outcome)) {
        if (!isNew) isRefusedRightly(claim, seat, name, outcome.rejected);
        continue;
      }
      assert.ok(outcome.events.length > 0, 'an accepted command changes something');
      if (seat !== null) assert.ok(offers(claimRoom, claim, seat).includes(name), 'what is accepted had been offered');
      const before = claim;
      for (const { type, data } of outcome.events) {
        const event = { type, data, at: now, by: { accountId: by.accountId, seat: outcome.seat as Seat } };
        assert.deepEqual(
          claimRoom.events[type as 'triaged'].parse(data),
          data,
          'what is stored is what the event declares',
        );
        journal.push(event);
        claim = apply(claim, event, journal.length);
      }
      reached.add(claim.status);
      holds(before, claim, now);
    }
    const stored: typeof journal = JSON.parse(JSON.stringify(journal));
    const replayed = stored.reduce((state, event, i) => apply(state, event, i + 1), claimRoom.initial as Claim);
    assert.deepEqual(
      JSON.parse(JSON.stringify(replayed)),
      JSON.parse(JSON.stringify(claim)),
      'the events alone make the same claim',
    );
  };
  fc.assert(fc.property(walks, walk), { numRuns: 400 });
  assert.deepEqual(
    [...reached].sort(),
    ['approved', 'assigned', 'denied', 'draft', 'submitted', 'triage', 'withdrawn'],
    'the walks got everywhere',
  );
});

const apply = (
  claim: Claim,
  event: { type: string; data: unknown; at: string; by: { accountId: string; seat: Seat } },
  seq: number,
): Claim => claimRoom.apply[event.type as 'triaged'](claim, event.data as never, { at: event.at, by: event.by, seq });

const isRefusedRightly = (claim: Claim, seat: Seat | null, name: string, code: string) => {
  assert.equal(code === 'not-found', seat === null, 'who has no seat, and only they, find no claim');
  if (seat !== null && code === 'claim/not-now')
    assert.ok(!offers(claimRoom, claim, seat).includes(name), 'what is offered is not out of time');
};

const holds = (before: Claim, claim: Claim, now: string) => {
  assert.equal(claim.changedAt, now);
  assert.ok(claim.openedAt <= claim.changedAt);
  if (final.includes(before.status)) {
    const { notes: _, noteCount: __, changedAt: ___, ...decided } = claim;
    const { notes: _1, noteCount: _2, changedAt: _3, ...was } = before;
    assert.deepEqual(decided, was, 'a decision is final but for notes');
  }
  if (before.openedAt !== '') assert.equal(claim.holderId, before.holderId, 'a claim never changes its holder');
  if (claim.status === 'approved') {
    assert.ok(claim.payable!.amount <= (claim.reserve?.amount ?? 0), 'what is paid was put aside');
    assert.equal(claim.payable!.currency, claim.loss.currency);
  } else assert.equal(claim.payable, undefined, 'only an approved claim has an amount to pay');
  assert.equal(claimRoom.deadlines!(claim).length, claim.status === 'draft' ? 1 : 0, 'only drafts fall due');
  const order = Object.values(claim.notes)
    .map(({ n }) => n)
    .sort((a, b) => a - b);
  assert.deepEqual(
    order,
    order.map((_, i) => claim.noteCount - order.length + 1 + i),
    'the notes kept are the newest',
  );
  for (const seat of seats) isPatchable(claimRoom.view[seat](claim), seat);
  assert.deepEqual(
    Object.keys(claimRoom.view.holder(claim)).filter((key) => staffOnly.includes(key)),
    [],
  );
};

/** No null, nothing undefined and no object within a list: otherwise a merge patch could not say what changed. */
const isPatchable = (value: unknown, path: string) => {
  assert.ok(value !== null && value !== undefined, path);
  if (Array.isArray(value)) for (const item of value) assert.notEqual(typeof item, 'object', path);
  else if (typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) isPatchable(inner, `${path}.${key}`);
};
