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

/** Assessments begun and finished in a stretch of days, and how long those took that were finished. */
export interface AssessmentPeriod extends Days {
  readonly started: number;
  readonly finished: number;
  readonly seconds?: number;
}
export const assessmentsOf = (tally: Tally, days: Days): AssessmentPeriod => {
  let started = 0;
  let finished = 0;
  let seconds = 0;
  for (const day of daysOf(days)) {
    started += countOn(tally, 'assessmentsStarted', day);
    for (const { n, sums } of tally.cells('assessed', day)) {
      finished += n;
      seconds += sums[0]!;
    }
  }
  return { ...days, started, finished, ...(finished > 0 && { seconds: Math.round(seconds / finished) }) };
};

/** What came in, and claims on which a promise was broken for the first time, in a stretch of days. */
export interface AlertPeriod extends Days {
  readonly reported: number;
  readonly broken: number;
}
export const alertsOf = (tally: Tally, days: Days): AlertPeriod => {
  let reported = 0;
  let broken = 0;
  for (const day of daysOf(days)) {
    reported += countOn(tally, 'reported', day);
    broken += countOn(tally, 'broken', day);
  }
  return { ...days, reported, broken };
};

export const lastDays = (today: string, days: number): Days => ({ from: dayAfter(today, 1 - days), to: today });
/** As long, and over the day before. */
export const before = ({ from, to }: Days): Days => {
  let length = 0;
  for (const _ of daysOf({ from, to })) length++;
  return { from: dayAfter(from, -length), to: dayAfter(from, -1) };
};

const compared = [
  'started',
  'finished',
  'seconds',
  'reported',
  'broken',
  'closed',
  'interactions',
  'rated',
  'slaMetPercent',
  'handlingSeconds',
  'settlementSeconds',
  'rating',
] as const;
export type Change = { readonly [K in (typeof compared)[number]]?: number };

type Compared = Partial<Record<(typeof compared)[number], number>>;

/** What is in both, now less then. */
export const change = (now: Compared, then: Compared): Change =>
  Object.fromEntries(
    compared.flatMap((name) => {
      const [a, b] = [now[name], then[name]];
      return a === undefined || b === undefined ? [] : [[name, Math.round((a - b) * 10) / 10]];
    }),
  );
