/** Can the day of a loss have come yet, where it happened? A day begins earlier in the east, and at home in summer before UTC says so. */
import { addMinutes, dayOf } from '../calendar.ts';
import { reject, type Rejection } from '../kit.ts';
import { workCalendar } from '../work-calendar.ts';
import type { LossDraft } from './loss.ts';

const home = 'Europe/London';
/** Nowhere is it later than this far ahead of UTC. */
const aheadMinutesMax = 14 * 60;

export const stillToCome = (
  { occurredOn = '', zone = home }: Pick<LossDraft, 'occurredOn' | 'zone'>,
  now: string,
): Rejection | null => {
  const aheadMinutes = zone === home ? workCalendar.offsetMinutes(Date.parse(now)) : aheadMinutesMax;
  return occurredOn > dayOf(addMinutes(now, aheadMinutes)) ? reject('claim/loss-in-future', { occurredOn }) : null;
};
