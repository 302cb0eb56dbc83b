/** Paying: out of which reserve and by whose authority. What becomes of a payment: payment-outcomes.test.ts. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  callers,
  claimsByStatus,
  director,
  type Event,
  exposed,
  exposureId,
  gbp,
  idOf,
  isForbidden,
  isNotNow,
  partyAdded,
  partyId,
  paymentId,
} from '../fake-claims.ts';
import { story } from '../fake-story.ts';
import { figuresOf } from '../money.ts';
import { generalLine } from './reserves.ts';
import { when } from '../transitions.ts';

const { holder, handler, desk, supervisor, system, auditor, investigator } = callers;
const { submitted, assigned, review, denied } = claimsByStatus;
/** 150,000 put aside, 120,000 accepted. */
const approved = [...claimsByStatus.approved, partyAdded];
const pay = (amount: number, more: object = {}) => ({ id: paymentId, amount: gbp(amount), ...more });
const modest = { ...handler, limits: { reserve: 0, payment: 10_000 } };
const open = (told: ReturnType<typeof story>, line = generalLine) => told.claim.reserveLines[line]!.open.amount;

describe('pay', () => {
  test('uses up its reserve line, and the claim is settling', () => {
    const told = story(approved).does('pay', pay(50_000), handler);
    const { status, payments, reserveLines, reserve } = told.claim;
    assert.equal(status, 'settling');
    assert.deepEqual(payments[paymentId], {
      n: 1,
      payee: 'holder',
      line: generalLine,
      amount: gbp(50_000),
      kind: 'partial',
      status: 'approved',
      by: 'hannah',
      at: '2026-01-01T09:00:00.000Z',
      approvedBy: 'hannah',
    });
    assert.deepEqual([reserveLines[generalLine]!.open, reserveLines[generalLine]!.eroded], [gbp(100_000), gbp(50_000)]);
    assert.deepEqual(reserve, gbp(100_000));
  });

  test('a final payment gives back what is left of the line', () => {
    const told = story(approved).does('pay', pay(110_000, { kind: 'final' }), handler);
    assert.equal(open(told), 0);
    assert.equal(figuresOf(told.claim).grossIncurred, 110_000);
  });

  test('beyond somebody’s authority waits for somebody else', () => {
    const told = story(approved).does('pay', pay(10_001), modest);
    assert.equal(told.claim.payments[paymentId]!.status, 'pending_approval');
    assert.equal(open(told), 150_000, 'nothing is used up yet');
    assert.equal(figuresOf(told.claim).paid, 0);
    told.refuses('issuePayment', { paymentId }, handler, 'claim/payment-not-now', {
      id: paymentId,
      status: 'pending_approval',
      needs: ['approved'],
    });
    told.does('approvePayment', { paymentId }, desk).does('issuePayment', { paymentId }, handler);
    assert.deepEqual([told.claim.payments[paymentId]!.approvedBy, open(told)], ['dora', 139_999]);
  });

  test('beyond somebody’s authority waits, too, when it goes out in small sums', () => {
    const told = story(approved);
    const small = (n: number, amount: number, by = modest) =>
      told.does('pay', { ...pay(amount), id: idOf(n) }, by).claim.payments[idOf(n)]!.status;
    assert.deepEqual([small(1, 6_000), small(2, 4_000), small(3, 1)], ['approved', 'approved', 'pending_approval']);
    // What a second person has agreed to is theirs to answer for, and what came to nothing is nobody's.
    told.does('approvePayment', { paymentId: idOf(3) }, desk);
    told.does('stopPayment', { paymentId: idOf(1), why: 'Wrong account.' }, handler);
    assert.deepEqual([small(4, 5_999), small(5, 2)], ['approved', 'pending_approval']);
    assert.equal(small(6, 9_999, { ...modest, accountId: 'another' }), 'approved');
  });

  test('there must be enough put aside on that line, also for what waits on it', () => {
    const told = story(exposed.concat(approvedWith(400_000)));
    const body = { exposureId, costCategory: 'body' };
    told.refuses('pay', pay(80_001, body), handler, 'claim/over-reserve', { reserve: gbp(80_000) });
    told.refuses('pay', pay(1, { exposureId, costCategory: 'paint' }), handler, 'claim/over-reserve', {
      reserve: gbp(0),
    });
    told.does('pay', { ...pay(50_000, body), id: idOf(1) }, modest);
    told.refuses('pay', pay(30_001, body), handler, 'claim/over-reserve', { reserve: gbp(30_000) });
    told.does('pay', pay(30_000, body), handler);
  });

  test('for the damage itself nothing is paid before the decision, and no more than was accepted', () => {
    story(review).refuses('pay', pay(1), handler, 'claim/not-decided');
    story(denied).refuses('pay', pay(1), handler, 'claim/not-decided');
    const told = story(approved).does('pay', { ...pay(100_000), id: idOf(1) }, handler);
    told.refuses('pay', pay(20_001), handler, 'claim/over-payable', { payable: gbp(120_000), paid: gbp(100_000) });
    told.does('pay', pay(20_000), handler);
  });

  test('expenses are paid whenever somebody works on the claim, whatever is accepted', () => {
    const expense = { costType: 'expense', costCategory: 'assessor' };
    for (const history of [assigned, review, denied, approved]) {
      const told = story(history).does('setReserve', { reserve: gbp(9_000), ...expense }, handler);
      const before = told.claim.status;
      told.does('pay', pay(9_000, { ...expense, payee: 'holder' }), handler);
      assert.equal(told.claim.status, before, 'our own bills settle nothing');
    }
  });

  test('goes no further than the coverage reaches', () => {
    const limited: Event = {
      type: 'exposureOpened',
      data: { id: idOf(0x70), coverage: 'glass', claimant: 'holder', limit: gbp(30_000) },
    };
    const line = { exposureId: idOf(0x70) };
    const told = story([...assigned, limited])
      .does('setReserve', { reserve: gbp(50_000), ...line }, handler)
      .does('approve', { payable: gbp(50_000) }, handler)
      .does('pay', { ...pay(20_000, line), id: idOf(1) }, handler);
    told.refuses('pay', pay(10_001, line), handler, 'claim/over-limit', { limit: gbp(30_000) });
    told.does('pay', pay(10_000, line), handler);
  });

  test('is to somebody the claim knows, in its currency, of something, once', () => {
    const told = story(approved);
    told.refuses('pay', pay(1, { payee: idOf(99) }), handler, 'claim/no-such-party', { id: idOf(99) });
    told.refuses('pay', { id: paymentId, amount: { amount: 1, currency: 'EUR' } }, handler, 'claim/wrong-currency');
    told.refuses('pay', pay(0), handler, 'claim/nothing-payable');
    told.does('pay', pay(1, { payee: partyId }), handler);
    told.refuses('pay', pay(2), handler, 'claim/payment-exists', { id: paymentId });
  });

  test('is not the desk’s, and not before anybody works on the claim', () => {
    isForbidden(approved, 'pay', pay(1), [holder, desk, system, auditor, investigator]);
    isNotNow(submitted, 'pay', pay(1), supervisor, when('pay'));
  });
});

/** A decision over an exposed claim. */
function approvedWith(payable: number): Event[] {
  return [
    { type: 'reserveSet', data: { reserve: gbp(payable) } },
    { type: 'approved', data: { payable: gbp(payable) } },
  ];
}

describe('a payment that looks like one made before', () => {
  test('is one, too, when the other was sent and came to nothing: only a second person sends it again', () => {
    for (const [name, by] of [
      ['stopPayment', handler],
      ['failPayment', handler],
      ['voidPayment', supervisor],
    ] as const) {
      const told = story(approved)
        .does('pay', { ...pay(10_000), id: idOf(1) }, handler)
        .does('issuePayment', { paymentId: idOf(1) }, handler)
        .does(name, { paymentId: idOf(1), why: 'Wrong account.' }, by);
      const details = { paymentId: idOf(1) };
      told.refuses('pay', pay(10_000), handler, 'claim/possible-duplicate-payment', details);
      told.does('pay', pay(10_000, { isNoDuplicate: true }), handler);
      assert.equal(told.claim.payments[paymentId]!.status, 'pending_approval', name);
    }
  });

  const first = () => story(approved).does('pay', { ...pay(10_000), id: idOf(1) }, handler);

  test('is turned down: same payee, amount and exposure within thirty days', () => {
    first().refuses('pay', pay(10_000), handler, 'claim/possible-duplicate-payment', { paymentId: idOf(1) });
    const later = '2026-01-31T09:00:00.001Z';
    assert.ok(first().does('pay', pay(10_000), handler, later));
    for (const more of [{ payee: partyId }, { amount: gbp(10_001) }])
      assert.ok(first().does('pay', { ...pay(10_000), ...more }, handler));
  });

  test('may be none: whoever says so needs a second person to agree', () => {
    const told = first().does('pay', pay(10_000, { isNoDuplicate: true }), director);
    const { status, possibleDuplicateOf } = told.claim.payments[paymentId]!;
    assert.deepEqual([status, possibleDuplicateOf], ['pending_approval', idOf(1)]);
    told.refuses('approvePayment', { paymentId }, director, 'claim/own-request');
    told.does('approvePayment', { paymentId }, supervisor);
  });

  test('is none when the other one came to nothing before it was sent', () => {
    const told = first().does('stopPayment', { paymentId: idOf(1), why: 'Wrong account.' }, handler);
    told.does('pay', pay(10_000), handler);
    assert.equal(told.claim.payments[paymentId]!.status, 'approved');
  });
});

describe('approvePayment', () => {
  const pending = () => story(approved).does('pay', pay(100_000), modest);

  test('takes a second person with enough authority', () => {
    pending().refuses('approvePayment', { paymentId }, { ...modest, limits: director.limits }, 'claim/own-request');
    const junior = { ...desk, limits: { reserve: 0, payment: 99_999 } };
    pending().refuses('approvePayment', { paymentId }, junior, 'claim/over-authority', { limit: gbp(99_999) });
    for (const by of [desk, supervisor]) assert.ok(pending().does('approvePayment', { paymentId }, by));
    isForbidden(approved, 'approvePayment', { paymentId }, [holder, system, auditor]);
  });

  test('looks again whether there is enough', () => {
    const told = pending().does('setReserve', { reserve: gbp(99_999) }, handler);
    told.refuses('approvePayment', { paymentId }, desk, 'claim/over-reserve', { reserve: gbp(99_999) });
  });

  test('refusePayment turns it down or takes it back', () => {
    const told = pending();
    told.refuses('refusePayment', { paymentId, why: 'x' }, { ...desk, limits: modest.limits }, 'claim/over-authority');
    told.does('refusePayment', { paymentId, why: 'Too early.' }, modest);
    assert.deepEqual([told.claim.payments[paymentId]!.status, open(told)], ['rejected', 150_000]);
    told.refuses('approvePayment', { paymentId }, desk, 'claim/payment-not-now');
    pending().does('refusePayment', { paymentId, why: 'Too early.' }, supervisor);
  });
});
