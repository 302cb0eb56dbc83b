/** What was promised, in words. */
import type { Target } from '../../rooms/claim/claim.ts';

export const targetWords: Readonly<Record<Target, string>> = {
  triage: 'weighing it',
  'first-contact': 'the first word to the holder',
  decision: 'the decision',
  complaint: 'the answer to the complaint',
};
