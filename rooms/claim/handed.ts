/** A claim is given to an agent, by somebody else or by themselves. */
import { reject, type EventOf, type Rejection } from '../kit.ts';
import type { Claim } from './claim.ts';
import type { Events } from './events.ts';
import { firstWeighed } from './priority.ts';
import { firstContactBy } from './targets.ts';

export const handedTo = (claim: Claim, handlerId: string, now: string): readonly EventOf<Events>[] | Rejection => {
  const { handlerId: was, status, reportedAt = now } = claim;
  if (was === handlerId) return reject('claim/already-assigned', { handlerId });
  const weight = status === 'submitted' ? firstWeighed(claim, now) : {};
  return [
    {
      type: 'assigned',
      data: {
        handlerId,
        ...(was !== undefined && { was }),
        ...weight,
        ...(weight.reweighed && { firstContactBy: firstContactBy(reportedAt, weight.reweighed.priority) }),
      },
    },
  ];
};
