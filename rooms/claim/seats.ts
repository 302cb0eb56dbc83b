/** Who sits where at a claim. The first match counts, in the order of the seats. */
import type { Caller } from '../kit.ts';
import type { Claim, Seat } from './claim.ts';

/** The party of this claim that a caller is, by account or by customer record. */
export const partyOf = ({ parties }: Pick<Claim, 'parties'>, { accountId, customerId }: Caller): string | undefined => {
  for (const [id, party] of Object.entries(parties)) {
    if (party.accountId === accountId) return id;
    if (customerId !== undefined && party.customerId === customerId) return id;
  }
  return undefined;
};

/** An id alone seats nobody: whoever lost the role keeps the record. */
export const seat = (claim: Claim, caller: Caller): Seat | null => {
  const { roles, agentId, customerId } = caller;
  const is = (role: string) => roles.includes(role);
  if (is('system')) return 'system';
  if (is('investigator')) return 'investigator';
  if (is('supervisor')) return 'supervisor';
  if (is('agent') && agentId !== undefined && claim.handlerId === agentId) return 'handler';
  if (is('assessor') && agentId !== undefined && claim.assessorId === agentId) return 'assessor';
  if (is('agent')) return 'desk';
  if (is('auditor')) return 'auditor';
  if (!is('customer')) return null;
  if (customerId !== undefined && claim.holderId === customerId) return 'holder';
  return partyOf(claim, caller) === undefined ? null : 'thirdParty';
};
