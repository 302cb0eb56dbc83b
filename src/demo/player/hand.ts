/** The claims the office has in hand: few at a time, so that what is begun gets finished. */
import type { Dice } from '../past/dice.ts';
import type { Glance } from './choose.ts';
import type { Known } from './turns.ts';

const over: ReadonlySet<string> = new Set(['denied', 'closed', 'withdrawn', 'void']);

/** `report`: somebody has a new loss to tell. `take-up`: one that has waited comes next. */
export type Next = Known | 'report' | 'take-up';

export interface Hand {
  next(dice: Dice): Next;
  has(id: string): boolean;
  take(claim: Known): void;
  /** The office has reported it itself: it counts until it is over. */
  report(claim: Known): void;
  learn(id: string, glance: Glance): void;
  /** Nobody has anything to do about it for now. */
  drop(id: string): void;
}

export const createHand = ({ inHandMax, openMax }: { readonly inHandMax: number; readonly openMax: number }): Hand => {
  const byId = new Map<string, Known>();
  const reported = new Set<string>();
  return {
    next(dice) {
      const claims = [...byId.values()];
      const isFull = claims.length >= inHandMax;
      if (claims.length > 0 && (isFull || dice.chance(90))) return dice.pick(claims);
      return reported.size < openMax && dice.chance(40) ? 'report' : 'take-up';
    },
    has: (id) => byId.has(id),
    take: (claim) => void byId.set(claim.id, claim),
    report(claim) {
      byId.set(claim.id, claim);
      reported.add(claim.id);
    },
    learn(id, { view }) {
      const known = byId.get(id);
      if (!known) return;
      const { status, handlerId = known.handlerId, assessorId = known.assessorId } = view as Known;
      byId.set(id, { ...known, status, handlerId, assessorId });
      if (over.has(status)) reported.delete(id);
    },
    drop: (id) => void byId.delete(id),
  };
};
