/** By when we promise what. The product's own figures, one table to change them. */
import { addDays, addMinutes, addWorkDays, addWorkMinutes } from '../calendar.ts';
import { workCalendar } from '../work-calendar.ts';
import type { Priority } from './claim.ts';

/** After the report. */
const triageMinutes = 60;
/** After the report; the urgent ones at any hour, the others in office hours. */
const firstContact: Readonly<Record<Priority, { readonly minutes: number; readonly isAtAnyHour: boolean }>> = {
  P1: { minutes: 10, isAtAnyHour: true },
  P2: { minutes: 30, isAtAnyHour: true },
  P3: { minutes: 120, isAtAnyHour: false },
  P4: { minutes: 240, isAtAnyHour: false },
};
/** After it came to review. */
const decisionWorkDays: Readonly<Record<Priority, number>> = { P1: 1, P2: 2, P3: 2, P4: 2 };
/** DISP 1.6: the final response to a complaint. */
const complaintDays = 56;

export const triageBy = (reportedAt: string): string => addMinutes(reportedAt, triageMinutes);
export const firstContactBy = (reportedAt: string, priority: Priority): string => {
  const { minutes, isAtAnyHour } = firstContact[priority];
  return isAtAnyHour ? addMinutes(reportedAt, minutes) : addWorkMinutes(reportedAt, minutes, workCalendar);
};
export const decideBy = (now: string, priority: Priority = 'P4'): string =>
  addWorkDays(now, decisionWorkDays[priority], workCalendar);
export const complaintDueBy = (raisedAt: string): string => addDays(raisedAt, complaintDays);

/** A draft left alone this long is withdrawn: nobody is waiting for it and it holds personal data. */
export const draftDays = 30;
/** How long a refusal can be appealed against before the claim is closed. */
export const appealDays = 14;
export const appealUntil = (decidedAt: string): string => addDays(decidedAt, appealDays);
/** No longer than this is anybody given to answer: a slip in the year would be waited for for ever. */
export const answerDaysMax = 366;
/** Two payments alike within this time are taken for one made twice. */
export const duplicatePaymentDays = 30;
