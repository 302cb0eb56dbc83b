/** What must be so before a payment is taken back, and before a claim is on which there are payments. */
import { reject, type Rejection } from '../../kit.ts';
import type { Claim } from '../claim.ts';
import { closedExposure } from './exposures.ts';
import type { Payment } from './records.ts';
import { counts, isUnfinished } from '../money.ts';
import { exposureOf, isIndemnity } from './reserves.ts';

/** What was used up goes back to its line, so the line must still be one that can hold something. */
export const notToBeUndone = (claim: Claim, { kind, line }: Payment): Rejection | null => {
  if (kind === 'supplementary') return null;
  if (claim.status === 'closed') return reject('claim/reopen-first');
  return closedExposure(claim, exposureOf(line));
};

const idsOf = ({ payments }: Claim, isMeant: (payment: Payment) => boolean): readonly string[] =>
  Object.keys(payments).filter((id) => isMeant(payments[id]!));

/** A claim on which money has gone out, or is about to, cannot be taken back as if nothing had been. Our own bills are ours. */
export const nothingPaid = (claim: Claim): Rejection | null => {
  const ids = idsOf(claim, (payment) => isUnfinished(payment) || (counts(payment) && isIndemnity(payment.line)));
  return ids.length > 0 ? reject('claim/paid-already', { payments: ids }) : null;
};

/**
 * What rests on a decision cannot wait while the decision changes: it must be sent, stopped or refused first. Our own bills
 * rest on none, unless they come after the end.
 */
export const nothingPending = (claim: Claim): Rejection | null => {
  const ids = idsOf(
    claim,
    ({ status, kind, line }) =>
      (status === 'pending_approval' || status === 'approved') && (kind === 'supplementary' || isIndemnity(line)),
  );
  return ids.length > 0 ? reject('claim/payments-pending', { payments: ids, allowed: settles }) : null;
};
const settles = ['approvePayment', 'refusePayment', 'issuePayment', 'stopPayment'];
