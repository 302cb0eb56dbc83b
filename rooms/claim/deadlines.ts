/** What falls due on a claim if nobody acts. */
import { addDays } from '../calendar.ts';
import type { Deadline } from '../kit.ts';
import type { Claim } from './claim.ts';

/** A draft left alone this long is withdrawn: nobody is waiting for it and it holds personal data. */
export const draftDays = 30;

export const deadlines = (claim: Claim): readonly Deadline[] =>
  claim.status === 'draft'
    ? [
        {
          name: 'draft-expires',
          at: addDays(claim.changedAt, draftDays),
          command: 'withdraw',
          input: { reason: 'Never sent.' },
        },
      ]
    : [];
