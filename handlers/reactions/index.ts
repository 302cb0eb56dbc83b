/** Every reaction there is. */
import type { Reaction } from '../../src/runtime/reactions.ts';
import { whenClaimReported } from './when-claim-reported.ts';

export const reactions: readonly Reaction[] = [whenClaimReported];
