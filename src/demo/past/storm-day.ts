/** One night of wind, hail and flood on the coast, and the forty claims it brought. */
import { addDays, dayOf } from '../../../rooms/calendar.ts';
import { createCase } from './case.ts';
import { createDice } from './dice.ts';
import { type End, lives } from './everyday.ts';
import type { Insured } from './insured.ts';
import type { Story } from './story.ts';
import { stormAtHome, stormOnCars } from './tales/storm.ts';

const nightDaysAgo = 13;
/** Most rang the next morning, some were away. */
const reportedDaysLater = [0, 0, 0, 0, 1, 1, 2, 4];
const ends: readonly End[] = [
  'assigned',
  'assessment',
  'awaiting_info',
  'review',
  'approved',
  'partially_approved',
  'settling',
  'closed',
];

export const stormDay = (count: number, people: readonly Insured[]): Story[] =>
  Array.from({ length: count }, (_, n) => {
    const dice = createDice(`storm ${n}`);
    const holder = people[n % people.length]!;
    const tale = dice.pick(holder.car && n % 3 === 0 ? stormOnCars : stormAtHome);
    const daysLater = reportedDaysLater[n % reportedDaysLater.length]!;
    return {
      name: `storm ${n}`,
      began: { daysAgo: nightDaysAgo - daysLater },
      isUnderWay: true,
      script(t) {
        const occurredOn = dayOf(addDays(t.now, -daysLater));
        const it = createCase(t, tale, holder, { occurredOn, occurredAt: '03:10', isCatastrophe: true });
        lives[ends[n % ends.length]!](it);
      },
    };
  });
