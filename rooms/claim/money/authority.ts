/** How far somebody may let money go out: not payment by payment, or large sums would go out in small ones. */
import { type Caller, reject, type Rejection } from '../../kit.ts';
import type { Claim } from '../claim.ts';
import { inClaim, mayHaveLeft, paidIn } from '../money.ts';
import { partyOf } from '../seats.ts';

/** What somebody has agreed to pay on this claim so far, whoever had asked for it. */
const approvedBy = (claim: Pick<Claim, 'payments'>, accountId: string): number =>
  paidIn(claim, (each) => mayHaveLeft(each) && each.approvedBy === accountId);
/** With all they have agreed to on this claim already. */
export const isWithinAuthority = (
  claim: Pick<Claim, 'payments'>,
  amount: number,
  { accountId, limits }: Caller,
): boolean => approvedBy(claim, accountId) + amount <= limits.payment;

export const overAuthority = (claim: Claim, limit: number): Rejection =>
  reject('claim/over-authority', { limit: inClaim(claim, limit) });
/** Says, beside the limit, how much of it is used up. */
export const beyondAuthority = (claim: Claim, amount: number, by: Caller): Rejection | null => {
  if (isWithinAuthority(claim, amount, by)) return null;
  const approved = approvedBy(claim, by.accountId);
  return reject('claim/over-authority', {
    limit: inClaim(claim, by.limits.payment),
    ...(approved > 0 && { approved: inClaim(claim, approved) }),
  });
};

/** Nobody decides or pays where they, or their own record as a customer, have something to gain. */
export const ownClaim = (claim: Claim, by: Caller): Rejection | null =>
  (by.customerId !== undefined && by.customerId === claim.holderId) || partyOf(claim, by) !== undefined
    ? reject('claim/own-claim')
    : null;
