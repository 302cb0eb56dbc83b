/** An agent at work as a room: all their devices sit in it, and those who lead look in. */
import { addMinutes } from '../calendar.ts';
import { type Caller, type Deadline, roomOf } from '../kit.ts';
import { may } from '../permissions.ts';
import { Uuid } from '../values.ts';
import { apply } from './apply.ts';
import { alerts } from './commands/alerts.ts';
import { shift } from './commands/shift.ts';
import { work } from './commands/work.ts';
import { events } from './events.ts';
import { awayMinutes, endMinutes, initial, type Seat, type Session, statuses } from './session.ts';
import { refusals } from './refusals.ts';

const seat = ({ agentId }: Session, caller: Caller): Seat | null => {
  if (may(caller, 'system.act')) return 'system';
  if (caller.agentId !== undefined && caller.agentId === agentId && may(caller, 'desk.work')) return 'agent';
  // What colleagues have in hand, and how they are doing, is theirs and their supervisors'.
  if (may(caller, 'agents.manage')) return 'supervisor';
  return may(caller, 'claims.audit') ? 'auditor' : null;
};

const deadlines = ({ status, seenAt, isSilent, alerts: known }: Session): readonly Deadline[] => {
  const due: Deadline[] = [];
  if (status === 'available' || status === 'busy')
    due.push({ name: 'falls-silent', at: addMinutes(seenAt, awayMinutes), command: 'noteSilence', input: {} });
  if (status === 'away' || isSilent)
    due.push({ name: 'ends', at: addMinutes(seenAt, endMinutes), command: 'endBySilence', input: {} });
  for (const [id, { until }] of Object.entries(known))
    if (until !== undefined) due.push({ name: `wakes-${id}`, at: until, command: 'wake', input: { id } });
  return due;
};

const whole = (session: Session) => session;

export const sessionRoom = roomOf<Session, Seat>()({
  kind: 'session',
  name: Uuid,
  version: 1,
  statuses,
  initial,
  events,
  apply,
  commands: { ...shift, ...alerts, ...work },
  refusals,
  seat,
  view: {
    system: whole,
    agent: whole,
    // Whether they are there, how much they have and what is urgent: not each thing they were told.
    supervisor(session: Session) {
      const { alerts: known, alertCount: _, ...rest } = session;
      return { ...rest, alertsOpen: Object.values(known).filter(({ status }) => status !== 'acknowledged').length };
    },
    auditor: whole,
  },
  presence: ['agent'],
  deadlines,
});
