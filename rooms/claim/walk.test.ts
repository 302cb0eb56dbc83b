/** Anything, by anybody, in any order: what must hold of a claim whatever happens to it. A failure prints its seed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { noOffice } from '../given.ts';
import { type Caller, execute, isRejection, offers } from '../kit.ts';
import { type Claim, type Seat, statuses } from './claim.ts';
import { callers, type Event, policy } from './fake-claims.ts';
import { createLedger } from './fake-ledger.ts';
import { isPatchable, keepsSecrets, holdsOfMoney, holdsOfState, rightfullyPaid } from './fake-invariants.ts';
import { nextAsk, usual } from './fake-walk.ts';
import { claimRoom } from './room.ts';
import { type CommandName, leadsTo, transitions } from './transitions.ts';

const seats = Object.keys(claimRoom.view) as Seat[];
const facts = { claimNumber: 'CLM-2026-0000001', policyAtLoss: policy, possibleDuplicates: [], ...noOffice };
type Stored = { readonly event: Event; readonly at: string; readonly by: { accountId: string; seat: Seat } };

const apply = (claim: Claim, { event, at, by }: Stored, seq: number): Claim =>
  claimRoom.apply[event.type as 'triaged'](claim, event.data as never, { at, by, seq });
const later = (now: string, ms: number) => new Date(Date.parse(now) + ms).toISOString();

/** A walk is numbers: what is asked follows from them and from how the claim stands. */
const steps = fc.array(fc.record({ seed: fc.nat(2 ** 31), ms: fc.oneof(fc.nat(10_000), fc.nat(3 * 86_400_000)) }), {
  minLength: 20,
  maxLength: 110,
  size: 'max',
});

test('no walk through a claim breaks what must always hold', () => {
  const seen = { reached: new Set<string>(), done: new Set<string>() };
  fc.assert(
    fc.property(fc.nat(usual.length), steps, (got, walked) => walk(got, walked, seen)),
    { numRuns: 200 },
  );
});

test('walks get everywhere and do everything', () => {
  const seen = { reached: new Set<string>(), done: new Set<string>() };
  fc.assert(
    fc.property(fc.nat(usual.length), steps, (got, walked) => walk(got, walked, seen)),
    // Always the same ones: chance must not decide whether this passes.
    { numRuns: 400, seed: 20_260_101 },
  );
  assert.deepEqual([...seen.reached].sort(), [...statuses].sort());
  assert.deepEqual(
    Object.keys(transitions).filter((name) => !seen.done.has(name)),
    [],
    'never done',
  );
});

const walk = (
  got: number,
  walked: readonly { readonly seed: number; readonly ms: number }[],
  seen: { readonly reached: Set<string>; readonly done: Set<string> },
) => {
  const journal: Stored[] = [];
  const ledger = createLedger();
  let claim: Claim = claimRoom.initial;
  let now = '2026-01-01T09:00:00.000Z';
  for (const { seed, ms } of [...usual.slice(0, got).map(() => ({ seed: null, ms: 1 })), ...walked]) {
    now = later(now, ms);
    const isNew = journal.length === 0;
    const { name, input, by } = seed === null ? usual[journal.length]! : nextAsk(claim, isNew, seed);
    const seat = isNew ? null : claimRoom.seat(claim, by);
    const outcome = execute(claimRoom, claim, { name, input, isNew }, { room: 'claim/1', by, now, facts });
    if (isRejection(outcome)) {
      if (!isNew) isRefusedRightly(claim, seat, name, outcome.rejected);
      continue;
    }
    if (seat !== null) assert.ok(offers(claimRoom, claim, seat).includes(name), 'what is accepted had been offered');
    assert.equal(outcome.events.length, 1, 'one command, one event');
    const event = outcome.events[0] as Event;
    const parsed = claimRoom.events[event.type].parse(event.data);
    assert.deepEqual(parsed, event.data, 'what is stored is what the event declares');
    const before = claim;
    const stored = { event, at: now, by: { accountId: by.accountId, seat: outcome.seat as Seat } };
    journal.push(stored);
    claim = apply(claim, stored, journal.length);
    ledger.enter(event);
    seen.done.add(name);
    seen.reached.add(claim.status);
    if (!isNew)
      assert.ok(leadsTo(name as CommandName, before.status).includes(claim.status), `${name} to ${claim.status}`);
    rightfullyPaid(before, claim, event, by);
    holdsOfState(before, claim, now, isNew);
    holdsOfMoney(claim, ledger);
    keepsSecrets(claim);
  }
  if (journal.length === 0) return;
  for (const seat of seats) isPatchable(claimRoom.view[seat](claim), seat);
  fallsDueRightly(claim, now);
  isReplayed(claim, journal);
};

const isReplayed = (claim: Claim, journal: readonly Stored[]) => {
  const stored: Stored[] = JSON.parse(JSON.stringify(journal));
  const replayed = stored.reduce((state, each, i) => apply(state, each, i + 1), claimRoom.initial as Claim);
  assert.deepEqual(
    JSON.parse(JSON.stringify(replayed)),
    JSON.parse(JSON.stringify(claim)),
    'the events alone make the same claim',
  );
};

const isRefusedRightly = (claim: Claim, seat: Seat | null, name: string, code: string) => {
  assert.equal(code === 'not-found', seat === null, 'who has no seat, and only they, find no claim');
  if (seat !== null && code === 'claim/not-now')
    assert.ok(!offers(claimRoom, claim, seat).includes(name), 'what is offered is not out of time');
};

/** Whatever falls due can be done when it does, and is then done with. */
const fallsDueRightly = (claim: Claim, now: string) => {
  for (const { name, at, command, input } of claimRoom.deadlines!(claim)) {
    const by: Caller = callers.system;
    const when = at > now ? at : now;
    const outcome = execute(
      claimRoom,
      claim,
      { name: command, input, isNew: false },
      { room: 'claim/1', by, now: when, facts },
    );
    assert.ok(!isRejection(outcome), `${name}: ${JSON.stringify(outcome)}`);
    const event = outcome.events[0] as Event;
    const after = apply(claim, { event, at: when, by: { accountId: 'system', seat: 'system' } }, 999);
    assert.ok(!claimRoom.deadlines!(after).some((due) => due.name === name && due.at === at), `${name} is due again`);
  }
};
