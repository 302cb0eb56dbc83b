/** May this much be accepted? Asked by both ways of saying yes. */
import { type Caller, reject, type Rejection } from '../../kit.ts';
import type { Money } from '../../values.ts';
import { held, notIn } from '../checks.ts';
import type { Claim } from '../claim.ts';
import { counts, paidIn } from '../money.ts';
import { isIndemnity } from './reserves.ts';

/** What is open on the lines that pay for the damage itself. */
const openIndemnity = ({ reserveLines }: Claim): number =>
  Object.entries(reserveLines).reduce((sum, [key, { open }]) => sum + (isIndemnity(key) ? open.amount : 0), 0);
/** What has been paid for the damage itself, before the claim was taken up again. */
export const indemnityPaid = (claim: Claim): number =>
  paidIn(claim, (payment) => counts(payment) && isIndemnity(payment.line));

export const notPayable = (claim: Claim, payable: Money, { limits }: Caller): Rejection | null => {
  const currency = notIn(claim, payable);
  if (currency) return currency;
  if (payable.amount === 0) return reject('claim/nothing-payable');
  const paid = indemnityPaid(claim);
  if (payable.amount < paid) return reject('claim/already-paid', { paid });
  const reserve = openIndemnity(claim);
  if (payable.amount - paid > reserve) return reject('claim/over-reserve', { reserve });
  if (payable.amount > limits.payment) return reject('claim/over-authority', { limit: limits.payment });
  return held(claim);
};
