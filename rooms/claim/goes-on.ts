/** The clock that stood still while we waited for the holder goes on: what was left to work then is left now. */
import { addWorkMinutes, workMinutesBetween } from '../calendar.ts';
import { workCalendar } from '../work-calendar.ts';
import type { Claim } from './claim.ts';

export const goesOn = ({ waitingSince, due: { decision } }: Claim, now: string): { readonly decideBy?: string } => {
  if (waitingSince === undefined || decision === undefined) return {};
  // It was late before we began to wait; waiting makes that no better.
  if (decision <= waitingSince) return { decideBy: decision };
  const left = workMinutesBetween(waitingSince, decision, workCalendar);
  return { decideBy: addWorkMinutes(now, left, workCalendar) };
};
