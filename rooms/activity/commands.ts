/** What may be asked of an activity. */
import { z } from 'zod';
import { addDays, addWorkMinutes } from '../calendar.ts';
import { commandsOf, reject, type Rejection } from '../kit.ts';
import { Instant, Text, Uuid, Uuid7 } from '../values.ts';
import { workCalendar } from '../work-calendar.ts';
import { type Activity, daysAheadMax, escalateMinutes, type Seat } from './activity.ts';
import type { events } from './events.ts';

const command = commandsOf<Activity, Seat, typeof events>();
const open = ['open'] as const;
const nothing = z.strictObject({});

const wrongTime = (dueAt: string, now: string): Rejection | null => {
  const latest = addDays(now, daysAheadMax);
  return dueAt > now && dueAt <= latest ? null : reject('activity/wrong-time', { latest });
};
export const escalateAt = (dueAt: string): string => addWorkMinutes(dueAt, escalateMinutes, workCalendar);

export const commands = {
  plan: command({
    summary: 'Put something into the diary.',
    opens: { 'system.act': 'system', 'claims.supervise': 'supervisor', 'claims.handle': 'desk' },
    may: [],
    when: 'any',
    input: z.strictObject({
      subject: Text(200).meta({ title: 'What is to be done' }),
      dueAt: Instant.meta({ title: 'By when' }),
      claimId: Uuid7.meta({ title: 'For which claim' }).optional(),
      agentId: Uuid.meta({ title: 'By whom; left out, by you' }).optional(),
      rule: z.string().max(40).meta({ title: 'The rule that makes it' }).optional(),
    }),
    decide(_, { subject, dueAt, claimId, agentId: named, rule }, { now, seat, by }) {
      const wrong = seat === 'system' ? null : wrongTime(dueAt, now);
      if (wrong) return wrong;
      if (rule !== undefined && seat !== 'system') return reject('activity/no-rule', { rule });
      const agentId = named ?? by.agentId;
      return [
        {
          type: 'planned',
          data: {
            subject,
            dueAt,
            ...(claimId !== undefined && { claimId }),
            ...(agentId !== undefined && { agentId }),
            ...(rule !== undefined && { rule }),
          },
        },
      ];
    },
  }),
  complete: command({
    summary: 'It is done.',
    may: ['assignee', 'desk', 'supervisor', 'system'],
    when: open,
    input: z.strictObject({ outcome: Text(500).meta({ title: 'What came of it' }).optional() }),
    decide: (_, { outcome }) => [{ type: 'done', data: outcome === undefined ? {} : { outcome } }],
  }),
  postpone: command({
    summary: 'Do it later.',
    may: ['assignee', 'supervisor'],
    when: open,
    input: z.strictObject({
      dueAt: Instant.meta({ title: 'By when' }),
      why: Text(500).meta({ title: 'Why' }),
    }),
    decide: (_, { dueAt, why }, { now }) => wrongTime(dueAt, now) ?? [{ type: 'postponed', data: { dueAt, why } }],
  }),
  handOn: command({
    summary: 'Let somebody else do it.',
    may: ['assignee', 'supervisor', 'system'],
    when: open,
    input: z.strictObject({ agentId: Uuid.meta({ title: 'Agent' }) }),
    decide: ({ agentId: was }, { agentId }) =>
      was === agentId ? reject('activity/unchanged', { agentId }) : [{ type: 'handedOn', data: { agentId } }],
  }),
  cancel: command({
    summary: 'It need not be done.',
    may: ['assignee', 'supervisor', 'system'],
    when: open,
    input: z.strictObject({ why: Text(500).meta({ title: 'Why' }) }),
    decide: (_, { why }) => [{ type: 'cancelled', data: { why } }],
  }),
  noteOverdue: command({
    summary: 'Write down that its time has passed.',
    may: ['system'],
    when: open,
    input: nothing,
    decide: ({ dueAt, isOverdue }, _, { now }) =>
      isOverdue || now < dueAt ? reject('activity/not-due', { dueAt }) : [{ type: 'overdue', data: {} }],
  }),
  escalate: command({
    summary: 'It is overdue for long: those who lead are told.',
    may: ['system'],
    when: open,
    input: nothing,
    decide: ({ dueAt, isOverdue, isEscalated }, _, { now }) =>
      !isOverdue || isEscalated || now < escalateAt(dueAt)
        ? reject('activity/not-due', { dueAt })
        : [{ type: 'escalated', data: {} }],
  }),
};
