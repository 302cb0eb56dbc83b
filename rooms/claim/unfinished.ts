/** What stands in the way of closing a claim: a list, so that whoever asked knows everything at once. */
import type { Money } from '../values.ts';
import type { Claim } from './claim.ts';
import { inClaim, isUnfinished } from './money.ts';
import { indemnityPaid } from './money/payable.ts';

export interface Unfinished {
  readonly guard:
    | 'open-exposures'
    | 'open-requests'
    | 'unfinished-payments'
    | 'unpaid'
    | 'pending-reserves'
    | 'open-investigation'
    | 'payments-held';
  readonly ids?: readonly string[];
  readonly payable?: Money;
  readonly paid?: Money;
}

const idsOf = <T>(entries: Readonly<Record<string, T>>, isMeant: (entry: T) => boolean): readonly string[] =>
  Object.keys(entries).filter((id) => isMeant(entries[id]!));

export const unfinished = (claim: Claim): readonly Unfinished[] => {
  const lists: readonly (Unfinished & { readonly ids: readonly string[] })[] = [
    { guard: 'open-exposures', ids: idsOf(claim.exposures, ({ status }) => status !== 'closed') },
    { guard: 'open-requests', ids: idsOf(claim.requests, ({ status }) => status === 'open') },
    { guard: 'unfinished-payments', ids: idsOf(claim.payments, isUnfinished) },
    { guard: 'pending-reserves', ids: idsOf(claim.reserveLines, ({ pending }) => pending !== undefined) },
  ];
  const found: Unfinished[] = lists.filter(({ ids }) => ids.length > 0);
  const paid = indemnityPaid(claim);
  if (claim.payable && claim.payable.amount > paid)
    found.push({ guard: 'unpaid', payable: claim.payable, paid: inClaim(claim, paid) });
  if (claim.investigation?.status === 'open') found.push({ guard: 'open-investigation' });
  if (claim.paymentHold) found.push({ guard: 'payments-held' });
  // A refused claim's exposures end with it.
  return claim.status === 'denied' ? found.filter(({ guard }) => guard !== 'open-exposures') : found;
};
