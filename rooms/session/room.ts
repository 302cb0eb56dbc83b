/** An agent at work as a room: all their devices sit in it, and those who lead look in. */
import { addMinutes } from '../calendar.ts';
import { type Caller, type Deadline, roomOf } from '../kit.ts';
import { Uuid } from '../values.ts';
import { apply } from './apply.ts';
import { alerts } from './commands/alerts.ts';
import { shift } from './commands/shift.ts';
import { work } from './commands/work.ts';
import { events } from './events.ts';
import { awayMinutes, endMinutes, initial, type Seat, type Session, statuses } from './session.ts';

const staff = ['agent', 'supervisor', 'assessor'];

const seat = ({ agentId }: Session, { roles, agentId: own }: Caller): Seat | null => {
  const is = (role: string) => roles.includes(role);
  if (is('system')) return 'system';
  if (own !== undefined && own === agentId && staff.some(is)) return 'agent';
  if (is('supervisor')) return 'supervisor';
  // What colleagues have in hand, and how they are doing, is theirs and their supervisors'.
  return is('auditor') ? 'auditor' : null;
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
  seat,
  view: {
    system: whole,
    agent: whole,
    // Whether they are there, how much they have and what is urgent: not each thing they were told.
    supervisor: ({ alerts: known, alertCount: _, ...session }: Session) => ({
      ...session,
      alertsOpen: Object.values(known).filter(({ status }) => status !== 'acknowledged').length,
    }),
    auditor: whole,
  },
  presence: ['agent'],
  deadlines,
});
