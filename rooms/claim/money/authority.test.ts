/** Whatever is asked in whatever order: nobody lets more out, or puts more aside, than they may. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Caller, execute, isRejection } from '../../kit.ts';
import type { Claim } from '../claim.ts';
import { callers, claimsByStatus, director, type Event, gbp, idOf, paymentId } from '../fake-claims.ts';
import { story } from '../fake-story.ts';
import { figuresOf, mayHaveLeft, paidIn } from '../money.ts';
import { claimRoom } from '../room.ts';
import { incurredOn } from './reserves.ts';

const { handler, desk, supervisor, system } = callers;
const modest = { ...handler, limits: { reserve: 1_000, payment: 1_000 } };
const other = { ...desk, limits: { reserve: 3_000, payment: 2_500 } };
const people: readonly Caller[] = [
  modest,
  other,
  { ...supervisor, limits: { reserve: 5_000, payment: 4_000 } },
  system,
];
/** What was accepted, and put aside for it, is far beyond all of them. */
const accepted: readonly Event[] = [
  ...claimsByStatus.assigned,
  { type: 'reserveSet', data: { reserve: gbp(50_000) } },
  { type: 'approved', data: { payable: gbp(50_000) } },
];
const apply = (claim: Claim, { type, data }: Event, by: string): Claim =>
  claimRoom.apply[type as 'triaged'](claim, data as never, {
    at: '2026-01-01T09:00:00.000Z',
    by: { accountId: by, seat: 'handler' },
    seq: 1,
  });

const asks = fc.array(
  fc.record({
    by: fc.constantFrom(...people),
    name: fc.constantFrom(
      'setReserve',
      'pay',
      'pay',
      'pay',
      'approveReserve',
      'approvePayment',
      'refusePayment',
      'issuePayment',
      'clearPayment',
      'stopPayment',
      'voidPayment',
      'failPayment',
    ),
    amount: fc.integer({ min: 1, max: 1_500 }),
    payment: fc.nat(8),
    line: fc.constantFrom({}, { costType: 'expense' }, { costType: 'expense', costCategory: 'legal' }),
    kind: fc.constantFrom('partial', 'final'),
  }),
  { minLength: 20, maxLength: 120, size: 'max' },
);
type Ask = typeof asks extends fc.Arbitrary<(infer A)[]> ? A : never;
const inputOf = ({ name, amount, payment, line, kind }: Ask): object => {
  const id = idOf(0x100 + payment);
  const { costType = 'indemnity', costCategory = 'general' } = line as { costType?: string; costCategory?: string };
  if (name === 'setReserve') return { reserve: gbp(amount), ...line, requestApproval: true };
  if (name === 'pay') return { id, amount: gbp(amount), kind, ...line, isNoDuplicate: true };
  if (name === 'approveReserve') return { line: `claim.${costType}.${costCategory}` };
  const why = { why: 'x' };
  return { paymentId: id, ...(/^(refuse|stop|void|fail)/.test(name) && why) };
};

const walk = (asked: readonly Ask[], done: Set<string>) => {
  let claim = accepted.reduce((state, event) => apply(state, event, 'before'), claimRoom.initial as Claim);
  for (const ask of asked) {
    const { by, name } = ask;
    const outcome = execute(
      claimRoom,
      claim,
      { name, input: inputOf(ask), isNew: false },
      { room: 'claim/1', by, now: '2026-01-01T09:00:00.000Z', facts: {} as never },
    );
    if (isRejection(outcome)) {
      assert.notEqual(outcome.rejected, 'invalid', name);
      continue;
    }
    done.add(name);
    const before = incurredOn(claim);
    for (const event of outcome.events) claim = apply(claim, event as Event, by.accountId);
    for (const { accountId, limits } of people)
      assert.ok(
        paidIn(claim, (each) => mayHaveLeft(each) && each.approvedBy === accountId) <= limits.payment,
        `${accountId} has let out more than they may`,
      );
    const after = incurredOn(claim);
    assert.ok(after <= before || after <= by.limits.reserve, `${by.accountId} made it ${after} by ${name}`);
  }
};

test('no sequence gets anybody beyond what they may put aside or pay on one claim', () => {
  fc.assert(
    fc.property(asks, (asked) => walk(asked, new Set())),
    { numRuns: 150 },
  );
});

test('and the sequences do all there is to be done', () => {
  const done = new Set<string>();
  // Always the same ones: chance must not decide whether this passes.
  fc.assert(
    fc.property(asks, (asked) => walk(asked, done)),
    { numRuns: 150, seed: 20_260_101 },
  );
  assert.equal(done.size, 10, [...done].join());
});

describe('authority', () => {
  const expense = { costType: 'expense' };
  const set = (amount: number) => ({ reserve: gbp(amount), ...expense });
  const pay = (n: number, amount: number) => ({ id: idOf(n), amount: gbp(amount), ...expense });

  test('is not renewed by paying what was put aside', () => {
    const told = story(claimsByStatus.assigned).does('setReserve', set(1_000), modest).does('pay', pay(1, 600), modest);
    told.refuses('setReserve', set(401), modest, 'claim/over-authority', { limit: gbp(1_000) });
    told.does('setReserve', { ...set(1_000), requestApproval: true }, modest);
    assert.equal(told.claim.reserve!.amount, 400, 'it waits');
    const line = 'claim.expense.general';
    told.refuses(
      'approveReserve',
      { line },
      { ...desk, limits: { reserve: 1_599, payment: 0 } },
      'claim/over-authority',
    );
    told.does('approveReserve', { line }, other);
  });

  test('is not renewed by stopping what was paid', () => {
    const told = story(claimsByStatus.assigned).does('setReserve', set(1_000), modest);
    told.does('pay', { ...pay(1, 100), kind: 'final' }, modest);
    told.does('setReserve', set(900), modest).does('stopPayment', { paymentId: idOf(1), why: 'x' }, modest);
    assert.equal(told.claim.reserve!.amount, 1_000, 'the 900 that were let go do not come back twice');
  });

  test('to agree to what others ask for is measured by all one has agreed to', () => {
    const told = story(accepted);
    for (const [n, amount] of [
      [1, 1_500],
      [2, 1_001],
    ] as const)
      told.does('pay', { id: idOf(n), amount: gbp(amount) }, modest);
    told.does('approvePayment', { paymentId: idOf(1) }, other);
    told.refuses('approvePayment', { paymentId: idOf(2) }, other, 'claim/over-authority', {
      limit: gbp(2_500),
      approved: gbp(1_500),
    });
    told.does('approvePayment', { paymentId: idOf(2) }, director);
  });

  test('is not renewed by calling failed what was sent', () => {
    const told = story(accepted).does('pay', { id: paymentId, amount: gbp(1_000) }, modest);
    told.does('issuePayment', { paymentId }, modest).does('failPayment', { paymentId, why: 'x' }, modest);
    told.does('pay', { id: idOf(1), amount: gbp(999) }, modest);
    assert.equal(told.claim.payments[idOf(1)]!.status, 'pending_approval');
  });

  test('of whoever asks and whoever agrees is all that was ever let out', () => {
    const told = story(accepted).does('pay', { id: paymentId, amount: gbp(1_000) }, modest);
    for (let n = 1; n <= 40; n++) told.does('pay', { id: idOf(n), amount: gbp(1_000 - n) }, modest);
    assert.equal(figuresOf(told.claim).paid, 1_000);
  });
});
