/** Whose claims a caller’s list may hold. The claim room itself is asked, so list and room cannot disagree about staff. */
import { initial } from '../../rooms/claim/claim.ts';
import { claimRoom } from '../../rooms/claim/room.ts';
import type { Caller } from '../../rooms/kit.ts';
import { may } from '../../rooms/permissions.ts';
import type { ClaimFilter } from './claim-filter.ts';

/** `all`: sits with every claim, and sees all of it. Otherwise those an assessor is asked to look at, or one customer’s, as they see them. */
export type ClaimScope =
  | { readonly of: 'all' }
  | { readonly of: 'assessor'; readonly agentId: string }
  | { readonly of: 'customer'; readonly customerId: string };

const insiders: ReadonlySet<string> = new Set(['system', 'investigator', 'supervisor', 'desk', 'auditor']);

/** Null: nobody whose lists hold anything. */
export const scopeOf = (caller: Caller): ClaimScope | null => {
  // A claim with which nobody has anything to do: who sits there sits everywhere.
  const seat = claimRoom.seat(initial, caller);
  if (seat !== null && insiders.has(seat)) return { of: 'all' };
  const { agentId, customerId } = caller;
  if (agentId !== undefined && claimRoom.seat({ ...initial, assessorId: agentId }, caller) === 'assessor')
    return { of: 'assessor', agentId };
  return may(caller, 'claims.own') && customerId !== undefined ? { of: 'customer', customerId } : null;
};

/** What a filter asks by that the caller may not see: even the order of rows would tell. */
export const hiddenIn = ({ priority, handler, holder, sort }: ClaimFilter, scope: ClaimScope | null): string[] => {
  if (scope?.of === 'all') return [];
  const isAssessor = scope?.of === 'assessor';
  return [
    ...(priority ? ['priority'] : []),
    ...(handler && !isAssessor ? ['handler'] : []),
    ...(holder && !isAssessor ? ['holder'] : []),
    ...(sort === 'priority' || sort === '-reserve' ? ['sort'] : []),
  ];
};
