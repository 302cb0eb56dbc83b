/** An activity as a room: whoever is to do it, their colleagues, and those who lead. */
import { type Caller, type Deadline, roomOf } from '../kit.ts';
import { may } from '../permissions.ts';
import { Uuid7 } from '../values.ts';
import { type Activity, initial, type Seat, statuses } from './activity.ts';
import { commands, escalateAt } from './commands.ts';
import { events } from './events.ts';
import { refusals } from './refusals.ts';

const seat = ({ agentId }: Activity, caller: Caller): Seat | null => {
  if (may(caller, 'system.act')) return 'system';
  if (may(caller, 'claims.supervise')) return 'supervisor';
  if (may(caller, 'claims.handle'))
    return caller.agentId !== undefined && caller.agentId === agentId ? 'assignee' : 'desk';
  return may(caller, 'claims.audit') ? 'auditor' : null;
};
const deadlines = ({ status, dueAt, isOverdue, isEscalated }: Activity): readonly Deadline[] => {
  if (status !== 'open' || isEscalated) return [];
  return isOverdue
    ? [{ name: 'escalates', at: escalateAt(dueAt), command: 'escalate', input: {} }]
    : [{ name: 'due', at: dueAt, command: 'noteOverdue', input: {} }];
};
const inTime = (activity: Activity): Activity => {
  const { isOverdue: _, isEscalated: __, ...rest } = activity;
  return rest;
};
const whole = (activity: Activity) => activity;

export const activityRoom = roomOf<Activity, Seat>()({
  kind: 'activity',
  name: Uuid7,
  version: 1,
  statuses,
  initial,
  events,
  apply: {
    planned: (_, { subject, dueAt, claimId, agentId, rule }, { at, by }) => ({
      status: 'open',
      subject,
      dueAt,
      ...(claimId !== undefined && { claimId }),
      ...(agentId !== undefined && { agentId }),
      ...(rule !== undefined && { rule }),
      createdBy: by.accountId,
      createdAt: at,
      changedAt: at,
    }),
    postponed: (activity, { dueAt }, { at }) => ({ ...inTime(activity), dueAt, changedAt: at }),
    handedOn: (activity, { agentId }, { at }) => ({ ...activity, agentId, changedAt: at }),
    overdue: (activity, _, { at }) => ({ ...activity, isOverdue: true, changedAt: at }),
    escalated: (activity, _, { at }) => ({ ...activity, isEscalated: true, changedAt: at }),
    done: (activity, { outcome }, { at, by }) => ({
      ...activity,
      status: 'done',
      doneBy: by.accountId,
      doneAt: at,
      ...(outcome !== undefined && { outcome }),
      changedAt: at,
    }),
    cancelled: (activity, { why }, { at }) => ({ ...activity, status: 'cancelled', outcome: why, changedAt: at }),
  },
  commands,
  refusals,
  seat,
  view: { system: whole, supervisor: whole, assignee: whole, desk: whole, auditor: whole },
  deadlines,
});
