/** A claim without a handler: the desk looks who could take it. What it finds it reads itself, so two claims at once need one look. */
import type { Claim } from '../../rooms/claim/claim.ts';
import type { Happened, Reaction } from '../../src/runtime/reactions.ts';
import { look } from './look.ts';

const causes = ({ state: { status, handlerId } }: Happened<unknown, Claim>) =>
  status === 'triage' && handlerId === undefined ? [look] : [];

export const whenClaimWaits: readonly Reaction[] = ['triaged', 'handedBack', 'reopened'].map((type) => ({
  name: `desk-on-${type}`,
  to: `claim.${type}`,
  causes,
}));
