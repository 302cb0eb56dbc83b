/** What the files beside this one share: the type of an `apply`, and small ways to say what became of a claim. */
import type { Stamp } from '../../kit.ts';
import type { Claim, Seat } from '../claim.ts';
import type { DataOf, Events } from '../events.ts';

export type Apply = {
  readonly [K in keyof Events]: (claim: Claim, data: DataOf<K>, stamp: Stamp<Seat>) => Claim;
};

export const changed = (claim: Claim, { at }: Stamp, change: Partial<Claim>): Claim => ({
  ...claim,
  ...change,
  changedAt: at,
});

/** The same without some of its optional fields: an absent field is how a claim says no. */
export const without = <T extends object, K extends keyof T>(whole: T, ...keys: readonly K[]): Omit<T, K> => {
  const rest = { ...whole };
  for (const key of keys) delete rest[key];
  return rest;
};

type Weighed = {
  readonly priority: NonNullable<Claim['priority']>;
  readonly score: number;
  readonly reasons?: Record<string, number> | undefined;
};
/** The priority by the rules, if it was weighed with this event. */
export const weighed = (weight: Weighed | undefined): Partial<Claim> =>
  weight
    ? {
        priority: weight.priority,
        priorityScore: weight.score,
        ...(weight.reasons && { priorityReasons: weight.reasons }),
      }
    : {};

/** What was promised by a time is done, or need not be done any more. */
export const met = (claim: Claim, ...targets: readonly (keyof Claim['due'])[]): Claim['due'] =>
  targets.some((target) => claim.due[target] !== undefined) ? without(claim.due, ...targets) : claim.due;
