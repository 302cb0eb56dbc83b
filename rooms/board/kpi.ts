/** The board of the whole operation: what is open and how urgent, what came in and went out, how long it takes, what it costs. */
import { derivedOf } from '../derived.ts';
import type { About } from '../derived.ts';
import type { Tally } from '../tally.ts';
import { averagesOf, handledIn, recently } from './handled.ts';
import { staff } from './seats.ts';
import { countOn, moneyOf, standings, struckBy } from './standing.ts';

export const kpi = (tally: Tally, { today }: Pick<About, 'today'>) => {
  const { open, openByPriority, openByStatus, late, unassigned, byStatus } = standings(tally);
  return {
    today,
    open,
    openByPriority,
    openByStatus,
    late,
    unassigned,
    assessmentsInProgress: byStatus['assessment'] ?? 0,
    newToday: countOn(tally, 'reported', today),
    closedToday: countOn(tally, 'closed', today),
    /** Of what was closed in the last thirty days. */
    recently: averagesOf(handledIn(tally, recently(today))),
    money: moneyOf(tally),
    catastrophes: Object.fromEntries(
      [...struckBy(tally)].map(([id, { total, open: stillOpen }]) => [id, { total, open: stillOpen }]),
    ),
  };
};

export const kpiBoard = derivedOf<'staff'>()({
  id: 'board/kpi',
  summary: 'What is open, late, new and closed; times, promises kept, ratings and money.',
  seat: staff,
  view: { staff: kpi },
});
