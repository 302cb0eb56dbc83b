/** What boards and reports are counted from, and whose days they go by. */
import { cubes, daysKept } from '../../rooms/board/figures.ts';
import { localDay } from '../../rooms/calendar.ts';
import { workCalendar } from '../../rooms/work-calendar.ts';
import { claimFigures } from './claim-figures.ts';

export const counted = {
  list: claimFigures.name,
  cubes,
  daysKept,
  dayOf: (ms: number) => localDay(new Date(ms).toISOString(), workCalendar),
};
