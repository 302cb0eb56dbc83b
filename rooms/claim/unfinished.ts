/** What stands in the way of closing a claim: a list, so that whoever asked knows everything at once. */
import type { Claim } from './claim.ts';
import { isUnfinished } from './money.ts';

export interface Unfinished {
  readonly guard:
    | 'open-exposures'
    | 'open-requests'
    | 'unfinished-payments'
    | 'pending-reserves'
    | 'open-investigation'
    | 'payments-held';
  readonly ids?: readonly string[];
}

const idsOf = <T>(entries: Readonly<Record<string, T>>, isMeant: (entry: T) => boolean): readonly string[] =>
  Object.keys(entries).filter((id) => isMeant(entries[id]!));

export const unfinished = (claim: Claim): readonly Unfinished[] => {
  const lists: readonly Required<Unfinished>[] = [
    { guard: 'open-exposures', ids: idsOf(claim.exposures, ({ status }) => status !== 'closed') },
    { guard: 'open-requests', ids: idsOf(claim.requests, ({ status }) => status === 'open') },
    { guard: 'unfinished-payments', ids: idsOf(claim.payments, isUnfinished) },
    { guard: 'pending-reserves', ids: idsOf(claim.reserveLines, ({ pending }) => pending !== undefined) },
  ];
  const found: Unfinished[] = lists.filter(({ ids }) => ids.length > 0);
  if (claim.investigation?.status === 'open') found.push({ guard: 'open-investigation' });
  if (claim.paymentHold) found.push({ guard: 'payments-held' });
  // A refused claim's exposures end with it.
  return claim.status === 'denied' ? found.filter(({ guard }) => guard !== 'open-exposures') : found;
};
