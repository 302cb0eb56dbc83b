/** What every story of a claim is: when it began, and how it went. */
import type { Insured } from './insured.ts';
import type { Telling } from './telling.ts';

export interface Story {
  /** Part of the claim's id, so that it is the same one at each start. */
  readonly name: string;
  /** How long before now it began: whole days, at some time of that day; or minutes. */
  readonly began: { readonly daysAgo: number } | { readonly minutesAgo: number };
  /** It goes on after now. Any other is moved back until it is over by now. */
  readonly isUnderWay?: true;
  readonly script: (telling: Telling) => void;
}

export const gbp = (pounds: number) => ({ amount: Math.round(pounds * 100), currency: 'GBP' as const });

/** Hands out customers in turn, so that nobody has more bad luck than others. */
export const turnsOf = (people: readonly Insured[]): (() => Insured) => {
  let next = 0;
  return () => people[next++ % people.length]!;
};
