/** Every reaction there is. */
import type { Reaction } from '../../src/runtime/reactions.ts';
import { whenAgentComesOrGoes } from './when-agent-comes-or-goes.ts';
import { whenClaimChangesHands } from './when-claim-changes-hands.ts';
import { whenClaimReported } from './when-claim-reported.ts';
import { whenClaimWaits } from './when-claim-waits.ts';
import { whenDeskGives } from './when-desk-gives.ts';
import { whenDiaryIsKept } from './when-diary-is-kept.ts';
import { whenHandlerIsNeeded } from './when-handler-is-needed.ts';
import { whenHolderIsConcerned } from './when-holder-is-concerned.ts';
import { whenPartyIsConcerned } from './when-party-is-concerned.ts';
import { whenStaffAreConcerned } from './when-staff-are-concerned.ts';

export const reactions: readonly Reaction[] = [
  whenClaimReported,
  ...whenClaimWaits,
  ...whenClaimChangesHands,
  ...whenHandlerIsNeeded,
  ...whenHolderIsConcerned,
  ...whenPartyIsConcerned,
  ...whenStaffAreConcerned,
  ...whenDiaryIsKept,
  whenDeskGives,
  ...whenAgentComesOrGoes,
];
