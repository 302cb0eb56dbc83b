/** Slows down guessing: after ten wrong passwords from one place for one account, each further one doubles the wait. In memory, per node. */
import type { Clock } from '../runtime/ports.ts';

export interface Throttle {
  /** How long to wait before trying again; 0: go ahead. */
  waitMs(key: string): number;
  failed(key: string): void;
  succeeded(key: string): void;
}

export const freeFailures = 10;
const firstWaitMs = 60_000;
const longestWaitMs = 24 * 60 * 60_000;

export const createThrottle = (clock: Pick<Clock, 'monotonic'>, keysMax = 50_000): Throttle => {
  /** The one that failed longest ago first; it is forgotten when there are too many. */
  const failuresByKey = new Map<string, { count: number; until: number }>();

  return {
    waitMs: (key) => Math.max(0, (failuresByKey.get(key)?.until ?? 0) - clock.monotonic()),
    failed(key) {
      const count = (failuresByKey.get(key)?.count ?? 0) + 1;
      const waitMs = count < freeFailures ? 0 : Math.min(firstWaitMs * 2 ** (count - freeFailures), longestWaitMs);
      failuresByKey.delete(key);
      failuresByKey.set(key, { count, until: clock.monotonic() + waitMs });
      if (failuresByKey.size > keysMax) for (const oldest of failuresByKey.keys().take(1)) failuresByKey.delete(oldest);
    },
    succeeded(key) {
      failuresByKey.delete(key);
    },
  };
};
