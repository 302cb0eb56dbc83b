/** May this much be accepted? Asked by both ways of saying yes. */
import { type Caller, reject, type Rejection } from '../../kit.ts';
import type { Money } from '../../values.ts';
import { coverageInQuestion, held, notIn } from '../checks.ts';
import type { Claim } from '../claim.ts';
import { counts, inClaim, paidIn } from '../money.ts';
import { overAuthority, ownClaim } from './authority.ts';
import { isIndemnity } from './reserves.ts';

/** What is open on the lines that pay for the damage itself. */
const openIndemnity = ({ reserveLines }: Claim): number =>
  Object.entries(reserveLines).reduce((sum, [key, { open }]) => sum + (isIndemnity(key) ? open.amount : 0), 0);
/** What has been paid for the damage itself, before the claim was taken up again. */
export const indemnityPaid = (claim: Claim): number =>
  paidIn(claim, (payment) => counts(payment) && isIndemnity(payment.line));

export const notPayable = (claim: Claim, payable: Money, by: Caller): Rejection | null => {
  const refusal = ownClaim(claim, by) ?? notIn(claim, payable) ?? coverageInQuestion(claim);
  if (refusal) return refusal;
  if (payable.amount === 0) return reject('claim/nothing-payable');
  const paid = indemnityPaid(claim);
  if (payable.amount < paid) return reject('claim/already-paid', { paid: inClaim(claim, paid) });
  const reserve = openIndemnity(claim);
  if (payable.amount - paid > reserve) return reject('claim/over-reserve', { reserve: inClaim(claim, reserve) });
  if (payable.amount > by.limits.payment) return overAuthority(claim, by.limits.payment);
  return held(claim);
};
