/** For tests of claims: what must hold after every step of any walk. */
import assert from 'node:assert/strict';
import type { Caller } from '../kit.ts';
import type { Claim } from './claim.ts';
import type { Event } from './fake-claims.ts';
import type { Payment } from './money/records.ts';
import type { Ledger } from './fake-ledger.ts';
import { secret } from './fake-walk.ts';
import { counts, figuresOf, isUnfinished, mayHaveLeft, paidIn } from './money.ts';
import { exposureOf, incurredOn, isIndemnity } from './money/reserves.ts';
import { claimRoom } from './room.ts';

const over = ['closed', 'withdrawn', 'void'];
const values = <T>(entries: Readonly<Record<string, T>>): T[] => Object.values(entries);

export const holdsOfState = (before: Claim, claim: Claim, now: string, isNew: boolean) => {
  assert.equal(claim.changedAt, now);
  assert.ok(claim.openedAt <= claim.changedAt);
  if (!isNew) assert.equal(claim.holderId, before.holderId, 'a claim never changes its holder');
  if (before.number) assert.equal(claim.number, before.number, 'nor its number');
  const open = values(claim.requests).filter(({ status }) => status === 'open');
  assert.equal(
    claim.status === 'awaiting_info',
    open.length > 0,
    'a claim waits for information while some is asked for',
  );
  assert.equal(claim.previousStatus !== undefined, open.length > 0, 'and knows where it goes on');
  assert.equal(
    claim.waitingSince !== undefined,
    open.some(({ to }) => to === 'holder'),
    'clocks stand for holders only',
  );
  if (over.includes(claim.status)) {
    assert.equal(claim.reserve?.amount ?? 0, 0, 'nothing is put aside for what is over');
    assert.deepEqual(
      Object.keys(claim.due).filter((target) => target !== 'complaint'),
      [],
      'and nothing is due',
    );
  }
  if (claim.status === 'closed') {
    assert.ok(values(claim.exposures).every(({ status }) => status === 'closed'));
    assert.ok(values(claim.payments).every((payment) => payment.kind === 'supplementary' || !isUnfinished(payment)));
  }
  for (const [entries, count] of [
    [claim.notes, claim.noteCount],
    [claim.messages, claim.messageCount],
  ] as const) {
    const order = values(entries as Record<string, { n: number }>)
      .map(({ n }) => n)
      .sort((a, b) => a - b);
    assert.deepEqual(
      order,
      order.map((_, i) => count - order.length + 1 + i),
      'what is kept is the newest',
    );
  }
  const shares = values(claim.liability);
  if (shares.length > 0)
    assert.equal(
      shares.reduce((sum, share) => sum + share, 0),
      100,
      'liability comes to a hundred',
    );
};

/** Every amount, wherever it is kept; what the policy says is said in the policy's own. */
const currenciesIn = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : 'amount' in value && 'currency' in value
      ? [String(value.currency)]
      : values(value as Record<string, unknown>).flatMap(currenciesIn);

export const holdsOfMoney = (claim: Claim, ledger: Ledger) => {
  const { loss: _, coverage: __, ...kept } = claim;
  for (const currency of currenciesIn(kept)) assert.equal(currency, claim.loss.currency, 'one currency per claim');
  const lines = Object.entries(claim.reserveLines);
  for (const [key, { open, eroded }] of lines) {
    assert.equal(open.amount, ledger.openByLine.get(key) ?? 0, `${key} holds what the bookkeeper says`);
    assert.ok(open.amount >= 0 && eroded.amount >= 0, `${key} is never below nothing`);
    const used = paidIn(claim, (each) => counts(each) && each.line === key && each.kind !== 'supplementary');
    assert.equal(eroded.amount, used, `${key} was used up by its payments and nothing else`);
  }
  const figures = figuresOf(claim);
  assert.equal(figures.openReserve, claim.reserve?.amount ?? 0, 'the reserve is what the lines hold open');
  assert.equal(figures.paid, ledger.paid);
  assert.equal(
    figures.grossIncurred,
    ledger.paid + [...ledger.openByLine.values()].reduce((sum, open) => sum + open, 0),
  );
  assert.equal(figures.netIncurred, figures.grossIncurred - ledger.received);
  assert.equal(figures.projectedNet, figures.netIncurred - ledger.expected);
  assert.ok(figures.subrogationPotential >= 0 && figures.subrogationPotential <= figures.paid);
  const indemnity = paidIn(claim, (each) => counts(each) && isIndemnity(each.line) && each.kind !== 'supplementary');
  if (['approved', 'partially_approved', 'settling'].includes(claim.status))
    assert.ok(indemnity <= claim.payable!.amount, 'no more is paid than was accepted');
  for (const [id, { limit }] of Object.entries(claim.exposures)) {
    const paid = paidIn(claim, (each) => counts(each) && exposureOf(each.line) === id && isIndemnity(each.line));
    if (limit) assert.ok(paid <= limit.amount, 'no more is paid than the coverage reaches');
  }
};

/** All that somebody has let out. */
const letOut = (claim: Claim, accountId: string): number =>
  paidIn(claim, (each) => mayHaveLeft(each) && each.approvedBy === accountId);
/** Only what was accepted is paid, and after the end only what comes after the end. */
const isRightlyPaid = ({ status, payable }: Claim, { kind, line }: Payment) => {
  assert.equal(kind === 'supplementary', status === 'closed');
  if (isIndemnity(line)) assert.ok(payable !== undefined, 'nothing is paid that was never accepted');
};
const accepts = ['approved', 'partiallyApproved'];
const decisions = ['approved', 'partiallyApproved', 'declined', 'paymentApproved', 'paymentIssued', 'paymentMade'];

/** Nobody decides or pays while payments are held, beyond their authority, or alone where two are needed. */
export const rightfullyPaid = (before: Claim, after: Claim, event: Event, by: Caller) => {
  if (before.paymentHold) assert.ok(!decisions.includes(event.type), `${event.type} while payments are held`);
  const { limits, accountId } = by;
  const incurred = incurredOn(after);
  assert.ok(incurred <= incurredOn(before) || incurred <= limits.reserve, 'nobody puts more aside than they may');
  if (letOut(after, accountId) > letOut(before, accountId))
    assert.ok(letOut(after, accountId) <= limits.payment, 'or lets more out, in however many payments');
  if (accepts.includes(event.type))
    assert.ok(
      !before.coverage?.inQuestion.length || before.coverage.confirmed,
      `${event.type} while cover is in question`,
    );
  switch (event.type) {
    case 'approved':
    case 'partiallyApproved':
      assert.ok(event.data.payable.amount <= limits.payment);
      break;
    case 'paymentMade':
      if (event.data.status !== 'approved') break;
      isRightlyPaid(before, after.payments[event.data.id]!);
      assert.notEqual(event.data.kind, 'supplementary');
      assert.equal(event.data.possibleDuplicateOf, undefined);
      break;
    case 'paymentApproved': {
      const payment = before.payments[event.data.id]!;
      isRightlyPaid(before, payment);
      assert.notEqual(payment.by, accountId);
      break;
    }
    case 'paymentIssued':
      assert.equal(before.payments[event.data.id]!.status, 'approved');
      isRightlyPaid(before, before.payments[event.data.id]!);
      break;
    case 'reserveApproved':
      assert.notEqual(before.reserveLines[event.data.line]!.pending!.by, accountId);
      break;
    default:
  }
};

/** Fields that are not there for outsiders, at any depth. */
const inside = new Set(
  `handlerId assessorId assessment priority priorityScore priorityReasons reserve reserveLines notes noteCount parties vehicles
  liability exposures recoveries investigation paymentHold due breaches coverage possibleDuplicates duplicateOf figures
  approvedBy by line reopenCount reference possibleDuplicateOf indicators pending eroded`.split(/\s+/),
);
const leaks = (value: unknown, path: string): string[] =>
  typeof value === 'string'
    ? value.includes(secret)
      ? [path]
      : []
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [
          ...(inside.has(key) ? [`${path}.${key}`] : []),
          ...leaks(inner, `${path}.${key}`),
        ])
      : [];
export const keepsSecrets = (claim: Claim) => {
  for (const seat of ['holder', 'thirdParty'] as const) assert.deepEqual(leaks(claimRoom.view[seat](claim), seat), []);
  const { investigation, paymentHold } = claimRoom.view.handler(claim);
  assert.ok(!JSON.stringify([investigation, paymentHold]).includes(secret), 'why a claim is looked into');
};

/** No null, nothing undefined and no object within a list: otherwise a merge patch could not say what changed. */
export const isPatchable = (value: unknown, path: string) => {
  assert.ok(value !== null && value !== undefined, path);
  if (Array.isArray(value)) for (const item of value) assert.notEqual(typeof item, 'object', path);
  else if (typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) isPatchable(inner, `${path}.${key}`);
};
