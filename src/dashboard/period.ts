/** A stretch of days, and the one just as long before it, held against each other. */
import { dayAfter } from '../../rooms/calendar.ts';
import { type Averages, averagesOf, type Days, daysOf, handledIn } from '../../rooms/board/handled.ts';
import { countOn } from '../../rooms/board/standing.ts';
import type { Tally } from '../../rooms/tally.ts';

export interface Period extends Averages, Days {
  readonly reported: number;
}
export const periodOf = (tally: Tally, days: Days): Period => {
  let reported = 0;
  for (const day of daysOf(days)) reported += countOn(tally, 'reported', day);
  return { ...days, reported, ...averagesOf(handledIn(tally, days)) };
};

export const lastDays = (today: string, days: number): Days => ({ from: dayAfter(today, 1 - days), to: today });
/** As long, and over the day before. */
export const before = ({ from, to }: Days): Days => {
  let length = 0;
  for (const _ of daysOf({ from, to })) length++;
  return { from: dayAfter(from, -length), to: dayAfter(from, -1) };
};

const compared = [
  'reported',
  'closed',
  'interactions',
  'rated',
  'slaMetPercent',
  'handlingSeconds',
  'settlementSeconds',
  'rating',
] as const;
export type Change = { readonly [K in (typeof compared)[number]]?: number };

/** What is in both, now less then. */
export const change = (now: Partial<Period>, then: Partial<Period>): Change =>
  Object.fromEntries(
    compared.flatMap((name) => {
      const [a, b] = [now[name], then[name]];
      return a === undefined || b === undefined ? [] : [[name, Math.round((a - b) * 10) / 10]];
    }),
  );
