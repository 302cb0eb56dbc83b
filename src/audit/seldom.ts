/** So many of one sort from one source in a minute; of the rest only the number is kept. */
import type { Clock } from '../runtime/ports.ts';

const windowMs = 60_000;

interface Count {
  since: number;
  taken: number;
  left: number;
}
export interface Seldom {
  /** May this one be recorded? */
  takes(key: string): boolean;
  /** How many were left out, for windows that are over (or for all of them), and forgets them. */
  leftOut(isAll?: boolean): { readonly key: string; readonly count: number }[];
}

export const createSeldom = (clock: Pick<Clock, 'monotonic'>, perMinuteMax: number, keysMax: number): Seldom => {
  const counts = new Map<string, Count>();
  const others = 'authz_fail\nrefused\nothers';
  return {
    takes(key) {
      const now = clock.monotonic();
      const known = counts.get(key) ?? (counts.size < keysMax ? undefined : counts.get(others));
      if (known) {
        if (known.taken < perMinuteMax) known.taken++;
        else known.left++;
        return known.left === 0;
      }
      // Past the bound all that are new share one count: many sources cannot fill the memory, or the audit.
      counts.set(counts.size < keysMax ? key : others, { since: now, taken: 1, left: 0 });
      return true;
    },
    leftOut(isAll = false) {
      const over: { key: string; count: number }[] = [];
      for (const [key, { since, left }] of counts) {
        if (!isAll && clock.monotonic() - since < windowMs) continue;
        counts.delete(key);
        if (left > 0) over.push({ key, count: left });
      }
      return over;
    },
  };
};
