/** What becomes of a payment after it was approved, after the claim is closed, while payments are held; and what comes back. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  callers,
  claimsByStatus,
  director,
  gbp,
  idOf,
  isForbidden,
  noted,
  partyAdded,
  partyId,
  paymentId,
  recoveryId,
} from '../fake-claims.ts';
import { inputs } from '../fake-inputs.ts';
import { story } from '../fake-story.ts';
import { figuresOf } from '../money.ts';
import { generalLine } from './reserves.ts';

const { holder, handler, desk, supervisor, system, auditor, investigator } = callers;
const { closed } = claimsByStatus;
/** 150,000 put aside, 120,000 accepted. */
const approved = [...claimsByStatus.approved, partyAdded];
const pay = (amount: number, more: object = {}) => ({ id: paymentId, amount: gbp(amount), ...more });
const modest = { ...handler, limits: { reserve: 0, payment: 10_000 } };
const open = (told: ReturnType<typeof story>, line = generalLine) => told.claim.reserveLines[line]!.open.amount;

describe('after it was approved a payment', () => {
  const made = () => story(approved).does('pay', pay(110_000, { kind: 'final' }), handler);

  test('is issued and cleared', () => {
    const told = made().does('issuePayment', { paymentId, reference: 'BACS 7' }, system, '2026-01-02T09:00:00.000Z');
    told.does('clearPayment', { paymentId }, system, '2026-01-05T09:00:00.000Z');
    const { status, reference, issuedAt, clearedAt } = told.claim.payments[paymentId]!;
    assert.deepEqual(
      [status, reference, issuedAt, clearedAt],
      ['cleared', 'BACS 7', '2026-01-02T09:00:00.000Z', '2026-01-05T09:00:00.000Z'],
    );
    told.refuses('clearPayment', { paymentId }, system, 'claim/payment-not-now');
    told.refuses('issuePayment', { paymentId: idOf(99) }, system, 'claim/no-such-payment', { id: idOf(99) });
  });

  test('can come to nothing, and then its line has back what it had paid and no more', () => {
    const ways = [
      ['stopPayment', [], 'stopped'],
      ['stopPayment', ['issuePayment'], 'stopped'],
      ['failPayment', ['issuePayment'], 'failed'],
      ['voidPayment', ['issuePayment'], 'voided'],
    ] as const;
    for (const [name, before, status] of ways) {
      const told = made();
      for (const step of before) told.does(step, { paymentId }, system);
      told.does(name, { paymentId, why: 'Wrong account.' }, system);
      const payment = told.claim.payments[paymentId]!;
      assert.deepEqual([payment.status, payment.reason], [status, 'Wrong account.']);
      assert.deepEqual([open(told), told.claim.reserveLines[generalLine]!.eroded], [110_000, gbp(0)]);
      assert.equal(figuresOf(told.claim).paid, 0);
    }
  });

  test('comes to nothing only from where it stands', () => {
    const why = 'x';
    made().refuses('voidPayment', { paymentId, why }, system, 'claim/payment-not-now');
    made().refuses('failPayment', { paymentId, why }, system, 'claim/payment-not-now');
    const cleared = made().does('issuePayment', { paymentId }, system).does('clearPayment', { paymentId }, system);
    cleared.refuses('stopPayment', { paymentId, why }, system, 'claim/payment-not-now');
    cleared.refuses('voidPayment', { paymentId, why }, system, 'claim/payment-not-now', {
      id: paymentId,
      status: 'cleared',
      needs: ['issued'],
    });
    isForbidden(approved, 'voidPayment', { paymentId, why }, [handler, desk, holder]);
    for (const name of ['issuePayment', 'clearPayment', 'stopPayment', 'failPayment'] as const)
      isForbidden(approved, name, inputs[name], [desk, holder, auditor]);
  });
});

describe('after the claim is closed', () => {
  const supplement = pay(4_000, { id: idOf(1), kind: 'supplementary' });

  test('a supplementary payment is made, and only that, by two people', () => {
    const told = story(closed);
    told.refuses('pay', pay(4_000, { id: idOf(1) }), director, 'claim/wrong-kind', {
      kind: 'partial',
      status: 'closed',
    });
    story(approved).refuses('pay', pay(1, { kind: 'supplementary' }), handler, 'claim/wrong-kind');
    told.does('pay', supplement, director);
    assert.equal(told.claim.payments[idOf(1)]!.status, 'pending_approval');
    told.does('approvePayment', { paymentId: idOf(1) }, supervisor);
    told.does('issuePayment', { paymentId: idOf(1) }, system);
    assert.equal(told.claim.status, 'closed');
    const { paid, openReserve, grossIncurred } = figuresOf(told.claim);
    assert.deepEqual([paid, openReserve, grossIncurred], [124_000, 0, 124_000], 'there is no reserve to use up');
    told.does('voidPayment', { paymentId: idOf(1), why: 'x' }, supervisor);
    assert.equal(figuresOf(told.claim).paid, 120_000);
  });

  test('it is not taken up again while one of them is neither sent nor given up', () => {
    const told = story(closed).does('pay', supplement, director);
    const again = { reason: 'mistake', why: 'x' };
    const details = {
      payments: [idOf(1)],
      allowed: ['approvePayment', 'refusePayment', 'issuePayment', 'stopPayment'],
    };
    told.refuses('reopen', again, supervisor, 'claim/payments-pending', details);
    told.does('approvePayment', { paymentId: idOf(1) }, supervisor);
    told.refuses('reopen', again, supervisor, 'claim/payments-pending', details);
    told.does('issuePayment', { paymentId: idOf(1) }, system).does('reopen', again, supervisor);
  });

  test('what has arrived comes back as a recovery, also when the claim is taken up again', () => {
    const told = story(closed).does('reopen', { reason: 'mistake', why: 'x' }, supervisor);
    told.refuses('voidPayment', { paymentId, why: 'x' }, supervisor, 'claim/payment-not-now');
    const credit = { id: recoveryId, kind: 'credit', state: 'received', amount: gbp(120_000) };
    told.does('recordRecovery', credit, supervisor);
    const { paid, netIncurred } = figuresOf(told.claim);
    assert.deepEqual([paid, netIncurred], [120_000, 0]);
  });
});

describe('while payments are held', () => {
  test('nothing is decided, paid, approved or sent; what is on its way arrives or is stopped', () => {
    const told = story(approved)
      .does('pay', pay(10_000), handler)
      .does('pay', pay(20_000, { id: idOf(1) }), modest)
      .does('holdPayments', { why: 'x' }, supervisor);
    told.refuses('pay', pay(5, { id: idOf(2) }), handler, 'claim/payments-held', {});
    told.refuses('approvePayment', { paymentId: idOf(1) }, desk, 'claim/payments-held');
    told.refuses('issuePayment', { paymentId }, system, 'claim/payments-held');
    told.does('stopPayment', { paymentId, why: 'x' }, handler);
    for (const [name, input] of [
      ['approve', { payable: gbp(1) }],
      ['approvePartially', { payable: gbp(1), reason: 'x', clause: 'y' }],
      ['decline', { reason: 'x', clause: 'y' }],
    ] as const)
      story(noted)
        .does('holdPayments', { why: 'x' }, investigator)
        .refuses(name, input, handler, 'claim/payments-held');
    told.does('liftHold', { why: 'x' }, investigator).does('approvePayment', { paymentId: idOf(1) }, desk);
  });
});

describe('recordRecovery', () => {
  const recover = (state: string, amount: number, more: object = {}) => ({
    id: recoveryId,
    kind: 'subrogation',
    state,
    amount: gbp(amount),
    ...more,
  });

  test('what is expected is what is still to come', () => {
    const told = story([...closed, { type: 'reopened', data: { reason: 'mistake', why: 'x' } }, partyAdded])
      .does('recordRecovery', recover('expected', 50_000, { partyId }), handler)
      .does('recordRecovery', recover('received', 30_000), system)
      .does('recordRecovery', recover('written-off', 5_000), supervisor);
    assert.deepEqual(told.claim.recoveries[recoveryId], {
      n: 1,
      kind: 'subrogation',
      partyId,
      expected: gbp(15_000),
      received: gbp(30_000),
      writtenOff: gbp(5_000),
    });
    const { grossIncurred, netIncurred, projectedNet } = figuresOf(told.claim);
    assert.deepEqual([grossIncurred, netIncurred, projectedNet], [120_000, 90_000, 75_000]);
    told.refuses('recordRecovery', recover('written-off', 15_001), handler, 'claim/over-expected', {
      expected: gbp(15_000),
    });
    told.refuses('recordRecovery', recover('expected', 1, { kind: 'salvage' }), handler, 'claim/other-recovery', {
      kind: 'subrogation',
    });
    assert.deepEqual(
      told.does('recordRecovery', recover('received', 20_000), system).claim.recoveries[recoveryId]!.expected,
      gbp(0),
      'more may come than was expected',
    );
  });

  test('is of something, in the claim’s currency, from somebody it knows, and can be recorded after closing', () => {
    const told = story(closed);
    told.refuses('recordRecovery', recover('received', 0), handler, 'claim/nothing-recovered');
    told.refuses(
      'recordRecovery',
      { ...recover('received', 1), amount: { amount: 1, currency: 'USD' } },
      handler,
      'claim/wrong-currency',
    );
    told.refuses('recordRecovery', recover('received', 1, { partyId }), handler, 'claim/no-such-party');
    told.refuses('recordRecovery', recover('written-off', 1), handler, 'claim/over-expected', { expected: gbp(0) });
    told.does('recordRecovery', recover('received', 1), handler);
    isForbidden(closed, 'recordRecovery', recover('received', 1), [desk, holder, auditor]);
  });

  test('others pay back as much as they are liable for', () => {
    const told = story(approved).does('pay', pay(99_999), handler);
    assert.equal(figuresOf(told.claim).subrogationPotential, 0, 'nobody has said who is liable');
    told.does('setLiability', { shares: { holder: 30, [partyId]: 70 } }, handler);
    assert.equal(figuresOf(told.claim).subrogationPotential, 69_999, '69,999.3 rounded');
  });
});
