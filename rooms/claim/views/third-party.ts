/**
 * What a third party sees: where the claim stands, and nothing else. All of them sit in one seat and a seat has one view, so
 * what concerns one of them reaches that one by message, never here.
 */
import type { Claim } from '../claim.ts';
import { labels } from './wording.ts';

/** What is asked of the holder is not for others to know. */
const statusOf = ({ status, previousStatus }: Claim) =>
  status === 'awaiting_info' ? (previousStatus ?? 'assigned') : status;

export const thirdParty = (claim: Claim) => ({
  status: statusOf(claim),
  label: labels[statusOf(claim)],
  number: claim.number,
  ...(claim.loss.occurredOn !== undefined && { occurredOn: claim.loss.occurredOn }),
});
