/** A reported claim is weighed for urgency at once. */
import type { Reaction } from '../../src/runtime/reactions.ts';

export const whenClaimReported: Reaction = {
  name: 'triage-on-report',
  to: 'claim.reported',
  causes: ({ room }) => [{ send: { room, name: 'triage', input: {} } }],
};
