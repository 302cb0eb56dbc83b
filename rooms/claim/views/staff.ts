/** What staff see: all of it, and the sums; but why a claim is looked into, and what is found, is the investigators'. */
import type { Claim } from '../claim.ts';
import { type Figures, figuresOf } from '../money.ts';

const known = new WeakMap<object, Figures>();
/** Once per state, whichever seats look at it. */
const figures = (claim: Claim): { readonly figures?: Figures } => {
  if (!claim.reserve && Object.keys(claim.recoveries).length === 0) return {};
  let sums = known.get(claim);
  if (!sums) known.set(claim, (sums = figuresOf(claim)));
  return { figures: sums };
};

/** For those who read everything. */
export const whole = (claim: Claim): Claim & { readonly figures?: Figures } => ({ ...claim, ...figures(claim) });

export const staff = (
  claim: Claim,
): Omit<Claim, 'investigation' | 'paymentHold'> & {
  readonly figures?: Figures;
  readonly investigation?: { readonly status: 'open' | 'closed' };
  readonly paymentHold?: { readonly at: string };
} => {
  const { investigation, paymentHold, ...rest } = claim;
  return {
    ...rest,
    ...figures(claim),
    ...(investigation && { investigation: { status: investigation.status } }),
    ...(paymentHold && { paymentHold: { at: paymentHold.at } }),
  };
};
