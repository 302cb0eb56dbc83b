/** What must be so before money goes out, and before it is taken back. */
import { reject, type Rejection } from '../../kit.ts';
import type { Money } from '../../values.ts';
import { held, known, notIn, unknownWho } from '../checks.ts';
import type { Claim, Status } from '../claim.ts';
import { closedExposure } from './exposures.ts';
import type { Payment } from './records.ts';
import { counts, isUnfinished, paidIn } from '../money.ts';
import { full } from '../most.ts';
import { availableOn } from './payments.ts';
import { exposureOf, isIndemnity, lineAt, lineKey, type LineName } from './reserves.ts';

/** Where the damage itself is paid; expenses are paid whenever somebody works on the claim. */
const decided: ReadonlySet<Status> = new Set(['approved', 'partially_approved', 'settling']);

interface Asked {
  readonly id: string;
  readonly payee: string;
  readonly amount: Money;
  readonly kind: Payment['kind'];
  readonly name: LineName;
}

export const notToBePaid = (claim: Claim, { id, payee, amount, kind, name }: Asked): Rejection | null => {
  const line = lineKey(name);
  const isSupplementary = kind === 'supplementary';
  const refusal =
    known(claim.payments, id, 'claim/payment-exists') ??
    full('payments', Object.keys(claim.payments).length) ??
    notIn(claim, amount) ??
    unknownWho(claim, payee) ??
    held(claim);
  if (refusal) return refusal;
  if (amount.amount === 0) return reject('claim/nothing-payable');
  // After the claim is closed, and only then.
  if (isSupplementary !== (claim.status === 'closed'))
    return reject('claim/wrong-kind', { kind, status: claim.status });
  if (isIndemnity(line) && !isSupplementary && !decided.has(claim.status)) return reject('claim/not-decided');
  return notCovered(claim, { amount, kind, line });
};

/** The line must have it, the decision must allow it and the coverage must reach. `id`: of a payment that waits already. */
export const notCovered = (
  claim: Claim,
  { amount: { amount }, kind, line }: Pick<Payment, 'amount' | 'kind' | 'line'>,
  id?: string,
): Rejection | null => {
  if (!lineAt(claim.reserveLines, line)) return reject('claim/over-reserve', { reserve: 0 });
  const exposureId = exposureOf(line);
  const isOther = (payment: Payment) => payment !== claim.payments[id ?? ''] && isPromised(payment);
  if (exposureId !== undefined && isIndemnity(line)) {
    const onExposure = (payment: Payment) =>
      isOther(payment) && exposureOf(payment.line) === exposureId && isIndemnity(payment.line);
    const limit = claim.exposures[exposureId]?.limit;
    if (limit && paidIn(claim, onExposure) + amount > limit.amount)
      return reject('claim/over-limit', { limit: limit.amount });
  }
  if (kind === 'supplementary') return null;
  const closed = closedExposure(claim, exposureId);
  if (closed) return closed;
  const reserve = availableOn(claim, line, id);
  if (amount > reserve) return reject('claim/over-reserve', { reserve });
  if (!isIndemnity(line)) return null;
  const promised = paidIn(claim, (payment) => isOther(payment) && isIndemnity(payment.line));
  const payable = claim.payable?.amount ?? 0;
  return promised + amount > payable ? reject('claim/over-payable', { payable, paid: promised }) : null;
};
const isPromised = (payment: Payment) => counts(payment) || payment.status === 'pending_approval';

/** What was used up goes back to its line, so the line must still be one that can hold something. */
export const notToBeUndone = (claim: Claim, { kind, line }: Payment): Rejection | null => {
  if (kind === 'supplementary') return null;
  if (claim.status === 'closed') return reject('claim/reopen-first');
  return closedExposure(claim, exposureOf(line));
};

/** A claim on which money has gone out, or is about to, cannot be taken back as if nothing had been. */
export const nothingPaid = ({ payments }: Claim): Rejection | null => {
  const ids = Object.keys(payments).filter((id) => counts(payments[id]!) || isUnfinished(payments[id]!));
  return ids.length > 0 ? reject('claim/paid-already', { payments: ids }) : null;
};
