/**
 * What must be so before money goes out. `notToBePaid` is asked at every step, when a payment is asked for, agreed to and sent:
 * the claim may have gone on meanwhile. `notCovered` is asked until it is agreed to; from then on its line has paid it.
 */
import { type Caller, reject, type Rejection } from '../../kit.ts';
import { coverageInQuestion, held } from '../checks.ts';
import type { Claim, Status } from '../claim.ts';
import { ownClaim } from './authority.ts';
import { closedExposure, deniedExposure } from './exposures.ts';
import type { Payment } from './records.ts';
import { counts, inClaim, paidIn } from '../money.ts';
import { availableOn } from './payments.ts';
import { exposureOf, isIndemnity, lineAt } from './reserves.ts';

/** Where the damage itself is paid; expenses are paid whenever somebody works on the claim. */
const decided: ReadonlySet<Status> = new Set(['approved', 'partially_approved', 'settling']);

export const notToBePaid = (
  claim: Claim,
  { kind, line }: Pick<Payment, 'kind' | 'line'>,
  by: Caller,
): Rejection | null => {
  const { status, payable } = claim;
  const refusal = ownClaim(claim, by) ?? held(claim);
  if (refusal) return refusal;
  const isSupplementary = kind === 'supplementary';
  // After the claim is closed, and only then.
  if (isSupplementary !== (status === 'closed')) return reject('claim/wrong-kind', { kind, status });
  // Our own bills are ours, whatever is decided and whoever is insured.
  if (!isIndemnity(line)) return null;
  const isAccepted = payable !== undefined && (isSupplementary || decided.has(status));
  return isAccepted ? coverageInQuestion(claim) : reject('claim/not-decided');
};

/** The line must have it, the decision must allow it and the coverage must reach. `id`: of a payment that waits already. */
export const notCovered = (
  claim: Claim,
  { amount: { amount }, kind, line }: Pick<Payment, 'amount' | 'kind' | 'line'>,
  id?: string,
): Rejection | null => {
  if (!lineAt(claim.reserveLines, line)) return reject('claim/over-reserve', { reserve: inClaim(claim, 0) });
  const exposureId = exposureOf(line);
  const isOther = (payment: Payment) => payment !== claim.payments[id ?? ''] && isPromised(payment);
  if (exposureId !== undefined && isIndemnity(line)) {
    const onExposure = (payment: Payment) =>
      isOther(payment) && exposureOf(payment.line) === exposureId && isIndemnity(payment.line);
    const limit = claim.exposures[exposureId]?.limit;
    if (limit && paidIn(claim, onExposure) + amount > limit.amount) return reject('claim/over-limit', { limit });
  }
  if (kind === 'supplementary') return deniedExposure(claim, exposureId);
  const closed = closedExposure(claim, exposureId);
  if (closed) return closed;
  const reserve = availableOn(claim, line, id);
  if (amount > reserve) return reject('claim/over-reserve', { reserve: inClaim(claim, reserve) });
  if (!isIndemnity(line)) return null;
  const promised = paidIn(claim, (payment) => isOther(payment) && isIndemnity(payment.line));
  const payable = claim.payable?.amount ?? 0;
  return promised + amount > payable
    ? reject('claim/over-payable', { payable: inClaim(claim, payable), paid: inClaim(claim, promised) })
    : null;
};
const isPromised = (payment: Payment) => counts(payment) || payment.status === 'pending_approval';
