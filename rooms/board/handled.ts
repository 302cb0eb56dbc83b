/** What was closed in a stretch of days, and how well: counts, and the averages that follow from them. */
import { dayAfter } from '../calendar.ts';
import type { Cell, Tally } from '../tally.ts';

/** Sums, in the order of the cubes `closed` and `closedBy`. */
export interface Handled {
  readonly closed: number;
  readonly missed: number;
  readonly handlingSeconds: number;
  readonly settled: number;
  readonly settlementSeconds: number;
  readonly interactions: number;
  readonly rated: number;
  readonly stars: number;
}
export const nothingHandled: Handled = {
  closed: 0,
  missed: 0,
  handlingSeconds: 0,
  settled: 0,
  settlementSeconds: 0,
  interactions: 0,
  rated: 0,
  stars: 0,
};

/** Spelt out: reports add up tens of thousands of cells while others wait. */
export const plus = (handled: Handled, { n, sums }: Pick<Cell, 'n' | 'sums'>): Handled => ({
  closed: handled.closed + n,
  missed: handled.missed + sums[0]!,
  handlingSeconds: handled.handlingSeconds + sums[1]!,
  settled: handled.settled + sums[2]!,
  settlementSeconds: handled.settlementSeconds + sums[3]!,
  interactions: handled.interactions + sums[4]!,
  rated: handled.rated + sums[5]!,
  stars: handled.stars + sums[6]!,
});

/** First and last day, both included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}
export function* daysOf({ from, to }: Days): Iterable<string> {
  for (let day = from; day <= to; day = dayAfter(day, 1)) yield day;
}
export const handledIn = (tally: Tally, days: Days): Handled => {
  let handled = nothingHandled;
  for (const day of daysOf(days)) for (const cell of tally.cells('closed', day)) handled = plus(handled, cell);
  return handled;
};
/** By whatever an agent is counted under; null: left out. */
export const handledBy = (
  tally: Tally,
  days: Days,
  keyOf: (agentId: string) => string | null,
): ReadonlyMap<string, Handled> => {
  const byKey = new Map<string, Handled>();
  for (const day of daysOf(days))
    for (const cell of tally.cells('closedBy', day)) {
      const agent = cell.by[1];
      const key = agent === null || agent === undefined ? null : keyOf(agent);
      if (key !== null) byKey.set(key, plus(byKey.get(key) ?? nothingHandled, cell));
    }
  return byKey;
};
/** Of all agents, or of one. */
export const handledByAgent = (tally: Tally, days: Days, only?: string): ReadonlyMap<string, Handled> =>
  handledBy(tally, days, (agentId) => (only === undefined || agentId === only ? agentId : null));

/** What can be said of none is not said. */
export interface Averages {
  readonly closed: number;
  readonly interactions: number;
  readonly slaMetPercent?: number;
  readonly handlingSeconds?: number;
  readonly settlementSeconds?: number;
  /** Stars, 1 to 5. */
  readonly rating?: number;
  readonly rated: number;
}
export const averagesOf = (handled: Handled): Averages => {
  const { closed, missed, handlingSeconds, settled, settlementSeconds, interactions, rated, stars } = handled;
  return {
    closed,
    interactions,
    rated,
    ...(closed > 0 && {
      slaMetPercent: toTenths((100 * (closed - missed)) / closed),
      handlingSeconds: Math.round(handlingSeconds / closed),
    }),
    ...(settled > 0 && { settlementSeconds: Math.round(settlementSeconds / settled) }),
    ...(rated > 0 && { rating: toTenths(stars / rated) }),
  };
};
const toTenths = (value: number) => Math.round(value * 10) / 10;

/** The days boards speak of, up to today. */
export const recentDays = 30;
export const recently = (today: string): Days => ({ from: dayAfter(today, 1 - recentDays), to: today });
