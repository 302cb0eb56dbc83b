/** By when we promise what. The product's own figures, one table to change them. */
import { addDays, addMinutes, addWorkDays, addWorkMinutes } from '../calendar.ts';
import { workCalendar } from '../work-calendar.ts';
import type { Priority, Target } from './claim.ts';

/** After the report. */
const triageMinutes = 60;
/** After the report; the urgent ones at any hour, the others in office hours. */
const firstContact: Readonly<Record<Priority, { readonly minutes: number; readonly isAtAnyHour: boolean }>> = {
  P1: { minutes: 10, isAtAnyHour: true },
  P2: { minutes: 30, isAtAnyHour: true },
  P3: { minutes: 120, isAtAnyHour: false },
  P4: { minutes: 240, isAtAnyHour: false },
};
/** Within this whoever was given a claim says that they have it, or it goes on; hours as for the first contact. */
const answerMinutes: Readonly<Record<Priority, number>> = { P1: 5, P2: 15, P3: 60, P4: 120 };
/** So long before a time is missed the handler and their supervisors are told. What is done in an hour needs no warning. */
const warningMinutes: { readonly [T in Target]?: Readonly<Record<Priority, number>> } = {
  'first-contact': { P1: 5, P2: 10, P3: 30, P4: 60 },
  decision: { P1: 120, P2: 240, P3: 240, P4: 240 },
  complaint: { P1: 10_080, P2: 10_080, P3: 10_080, P4: 10_080 },
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
export const answerBy = (now: string, priority: Priority = 'P4'): string =>
  firstContact[priority].isAtAnyHour
    ? addMinutes(now, answerMinutes[priority])
    : addWorkMinutes(now, answerMinutes[priority], workCalendar);
/** Undefined: of this nobody is warned. */
export const nearAt = (target: Target, dueAt: string, priority: Priority = 'P4'): string | undefined => {
  const minutes = warningMinutes[target]?.[priority];
  return minutes === undefined ? undefined : addMinutes(dueAt, -minutes);
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
