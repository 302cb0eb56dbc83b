/**
 * Slows down guessing of passwords. Counted three ways: one place at one account is made to wait longer and longer; one place at
 * many accounts is done for the day; one account from many places can be entered only from where its owner signed in before.
 * So nobody can lock a stranger out. An attempt is counted before it is made: of a hundred at once ten are let through.
 */
import { createHash } from 'node:crypto';
import type { Limits } from '../limits.ts';
import { createAllowance, type RateStore } from './allowance.ts';
import { networkOf } from './device.ts';

export interface Attempt {
  readonly ok: true;
  /** Only from a known place; otherwise wait so long. 0: not so. */
  readonly onlyKnownForMs: number;
  /** It was this attempt that made it so. */
  readonly isFirstOnlyKnown: boolean;
  /** It was the right password: what this place failed before is forgotten. */
  succeeded(): Promise<void>;
  /** Nothing was compared. */
  undo(): Promise<void>;
}
export interface Throttle {
  begin(account: string, ip: string | undefined): Promise<Attempt | { readonly ok: false; readonly waitMs: number }>;
}

export type ThrottleLimits = Pick<
  Limits,
  'loginFailuresFreeMax' | 'loginFailuresPerPlaceMax' | 'loginFailuresPerAccountMax'
>;

const daySeconds = 24 * 60 * 60;
const firstWaitSeconds = 60;

export const createThrottle = (limits: ThrottleLimits, store?: RateStore): Throttle => {
  const { loginFailuresFreeMax: free } = limits;
  const failures = createAllowance({ name: 'login', times: free, seconds: daySeconds, store });
  /** Whoever holds it has the one attempt of this while. */
  const turn = createAllowance({ name: 'login-turn', times: 1, seconds: firstWaitSeconds, store });
  const byPlace = createAllowance({
    name: 'login-ip',
    times: limits.loginFailuresPerPlaceMax,
    seconds: daySeconds,
    store,
  });
  const byAccount = createAllowance({
    name: 'login-account',
    times: limits.loginFailuresPerAccountMax,
    seconds: daySeconds,
    store,
  });

  return {
    async begin(account, ip) {
      const place = networkOf(ip);
      const who = keyOf(account);
      const both = keyOf(account, place);
      const placeWaitMs = await byPlace.take(keyOf(place));
      if (placeWaitMs > 0) return { ok: false, waitMs: placeWaitMs };
      const { taken } = await failures.count(both);
      const turnWaitMs =
        taken < free ? 0 : await turn.take(both, Math.min(firstWaitSeconds * 2 ** (taken - free), daySeconds));
      if (turnWaitMs > 0) {
        await Promise.all([failures.giveBack(both), byPlace.giveBack(keyOf(place))]);
        return { ok: false, waitMs: turnWaitMs };
      }
      const all = await byAccount.count(who);
      const over = all.taken - limits.loginFailuresPerAccountMax;
      return {
        ok: true,
        onlyKnownForMs: over > 0 ? all.untilMs : 0,
        isFirstOnlyKnown: over === 1,
        async succeeded() {
          await Promise.all([
            failures.forget(both),
            turn.forget(both),
            byPlace.giveBack(keyOf(place)),
            byAccount.giveBack(who),
          ]);
        },
        async undo() {
          await Promise.all([failures.giveBack(both), byPlace.giveBack(keyOf(place)), byAccount.giveBack(who)]);
        },
      };
    },
  };
};

/** Addresses of people do not lie about in Redis. */
const keyOf = (...parts: readonly string[]) =>
  createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 22);
