/** A claim is given to an agent, by somebody else or by themselves. */
import { reject, type EventOf, type Rejection } from '../kit.ts';
import type { Claim } from './claim.ts';
import type { Events } from './events.ts';
import { firstWeighed } from './priority.ts';
import type { Chosen } from './assignment.ts';
import { answerBy, firstContactBy } from './targets.ts';

/** How they came by it; whoever took it themselves need not say that they have it. */
export interface Handing {
  readonly isTheirWish?: boolean;
  readonly chosen?: Chosen;
}
/** Whoever gets it at a later stage finds it under way, and it stays with them. */
const isToBeAnswered: readonly Claim['status'][] = ['submitted', 'triage', 'assigned'];

export const handedTo = (
  claim: Claim,
  handlerId: string,
  now: string,
  { isTheirWish = false, chosen }: Handing = {},
): readonly EventOf<Events>[] | Rejection => {
  const { handlerId: was, status, reportedAt = now } = claim;
  if (was === handlerId) return reject('claim/already-assigned', { handlerId });
  const weight = status === 'submitted' ? firstWeighed(claim, now) : {};
  const priority = weight.reweighed?.priority ?? claim.priority;
  return [
    {
      type: 'assigned',
      data: {
        handlerId,
        ...(was !== undefined && { was }),
        ...weight,
        ...(weight.reweighed && { firstContactBy: firstContactBy(reportedAt, weight.reweighed.priority) }),
        ...(chosen && { chosen }),
        ...(!isTheirWish && isToBeAnswered.includes(status) && { answerBy: answerBy(now, priority) }),
      },
    },
  ];
};
