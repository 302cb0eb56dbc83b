/** Whatever handlers do to a claim says that they have it: nobody waits for their answer any more. */
import type { Stamp } from '../../kit.ts';
import type { Claim, Seat } from '../claim.ts';
import { without } from './apply.ts';

type Applies = Readonly<Record<string, (claim: Claim, data: never, stamp: Stamp<Seat>) => Claim>>;

export const answering = <A extends Applies>(applies: A): A =>
  Object.fromEntries(
    Object.entries(applies).map(([type, apply]) => [
      type,
      (claim: Claim, data: never, stamp: Stamp<Seat>) => {
        const after = apply(claim, data, stamp);
        return stamp.by.seat === 'handler' ? answered(after, stamp) : after;
      },
    ]),
  ) as A;

export const answered = (claim: Claim, { at }: Stamp<Seat>): Claim =>
  claim.assignment?.answerBy !== undefined
    ? { ...claim, assignment: { ...without(claim.assignment, 'answerBy'), answeredAt: at } }
    : claim;
