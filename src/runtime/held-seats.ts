/**
 * Since when each account has held its seat in a room without a break, over all its connections and for a moment after the last.
 * Patches are told again only from there on: nobody learns what was said while they were out.
 */
import type { Caller } from '../../rooms/kit.ts';
import type { Clock } from './ports.ts';

interface Held {
  readonly by: Caller;
  readonly seat: string;
  /** The seq at which it took the seat, or was first seen in it. */
  readonly from: number;
  /** Monotonic; of somebody who has left. Null: is here. */
  until: number | null;
}
/** Of those who left; the others are shown the whole view when they are back. */
const absentMax = 200;

export const createHeldSeats = (clock: Clock, ttlMs: number) => {
  const here = new Map<string, Held>();
  const absent = new Map<string, Held>();
  return {
    /** Somebody sits, or has been moved: from now on, or from before if the seat is the same. */
    take(by: Caller, seat: string, seq: number) {
      const { accountId } = by;
      const known = here.get(accountId) ?? absent.get(accountId);
      absent.delete(accountId);
      here.set(accountId, { by, seat, from: known?.seat === seat ? known.from : seq, until: null });
    },
    /** One of its connections is gone. If others are left, all they lose when the time is up is this short cut. */
    leave({ accountId }: Caller) {
      const held = here.get(accountId);
      if (!held) return;
      here.delete(accountId);
      absent.set(accountId, { ...held, until: clock.monotonic() + ttlMs });
      if (absent.size > absentMax) absent.delete(absent.keys().next().value!);
    },
    /** The seat is taken away. */
    lose({ accountId }: Caller) {
      here.delete(accountId);
      absent.delete(accountId);
    },
    hasHeld: ({ accountId }: Caller, seat: string, since: number): boolean => {
      const held = here.get(accountId) ?? absent.get(accountId);
      return held?.seat === seat && held.from <= since;
    },
    /** With every event: whoever is out, and would have lost the seat, has lost it. */
    keepAbsent(isStill: (by: Caller, seat: string) => boolean) {
      for (const [accountId, { by, seat }] of absent) if (!isStill(by, seat)) absent.delete(accountId);
    },
    sweep() {
      for (const [accountId, { until }] of absent) if ((until ?? 0) < clock.monotonic()) absent.delete(accountId);
    },
  };
};
