/** Who sits where at a claim. The first match counts, in the order of the seats. */
import type { Caller } from '../kit.ts';
import { may } from '../permissions.ts';
import type { Claim, Seat } from './claim.ts';

/** The party of this claim that a caller is, by account or by customer record. */
export const partyOf = ({ parties }: Pick<Claim, 'parties'>, { accountId, customerId }: Caller): string | undefined => {
  for (const [id, party] of Object.entries(parties)) {
    if (party.accountId === accountId) return id;
    if (customerId !== undefined && party.customerId === customerId) return id;
  }
  return undefined;
};

/** An id alone seats nobody: whoever lost the permission keeps the record. */
export const seat = (claim: Claim, caller: Caller): Seat | null => {
  const { agentId, customerId } = caller;
  if (may(caller, 'system.act')) return 'system';
  if (may(caller, 'claims.investigate')) return 'investigator';
  if (may(caller, 'claims.supervise')) return 'supervisor';
  if (may(caller, 'claims.handle') && agentId !== undefined && claim.handlerId === agentId) return 'handler';
  if (may(caller, 'claims.assess') && agentId !== undefined && claim.assessorId === agentId) return 'assessor';
  if (may(caller, 'claims.handle')) return 'desk';
  if (may(caller, 'claims.audit')) return 'auditor';
  if (!may(caller, 'claims.own')) return null;
  if (customerId !== undefined && claim.holderId === customerId) return 'holder';
  return partyOf(claim, caller) === undefined ? null : 'thirdParty';
};
