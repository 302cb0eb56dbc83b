/** What an agent must see, and says they have seen, or want to see later. */
import { z } from 'zod';
import { addMinutes } from '../../calendar.ts';
import { reject } from '../../kit.ts';
import { Instant, Text, Uuid7 } from '../../values.ts';
import { AlertKind, alertsMax, Level, snoozeHoursMax } from '../session.ts';
import { atWork, command } from './command.ts';

export const alerts = {
  alert: command({
    summary: 'Something they must see.',
    may: ['system'],
    when: atWork,
    input: z.strictObject({
      id: Uuid7,
      kind: AlertKind,
      level: Level,
      text: Text(300),
      claimId: Uuid7.optional(),
    }),
    decide({ alerts: known }, { claimId, ...alert }) {
      if (Object.hasOwn(known, alert.id)) return reject('session/alert-exists', { id: alert.id });
      return [{ type: 'alerted', data: { ...alert, ...(claimId !== undefined && { claimId }) } }];
    },
  }),
  acknowledge: command({
    summary: 'Say that you have seen alerts: these, or all of them.',
    may: ['agent'],
    when: atWork,
    input: z.strictObject({
      ids: z.array(Uuid7).min(1).max(alertsMax).meta({ title: 'Which; none named: all' }).optional(),
    }),
    decide({ alerts: known }, { ids }) {
      const unknown = ids?.find((id) => !Object.hasOwn(known, id));
      if (unknown !== undefined) return reject('session/no-such-alert', { id: unknown });
      const open = (ids ?? Object.keys(known)).filter((id) => known[id]!.status !== 'acknowledged');
      if (open.length === 0) return reject('session/nothing-new');
      return [{ type: 'acknowledged', data: { ids: [...new Set(open)] } }];
    },
  }),
  snooze: command({
    summary: 'Be told again later.',
    may: ['agent'],
    when: atWork,
    input: z.strictObject({
      id: Uuid7.meta({ title: 'Alert' }),
      until: Instant.meta({ title: 'Until' }),
    }),
    decide({ alerts: known }, { id, until }, { now }) {
      if (known[id] === undefined) return reject('session/no-such-alert', { id });
      if (known[id].status === 'acknowledged') return reject('session/alert-over', { id });
      const latest = addMinutes(now, snoozeHoursMax * 60);
      if (until <= now || until > latest) return reject('session/wrong-time', { latest });
      return [{ type: 'snoozed', data: { id, until } }];
    },
  }),
  wake: command({
    summary: 'The time is over for which an alert was put aside.',
    may: ['system'],
    when: 'any',
    input: z.strictObject({ id: Uuid7 }),
    decide({ alerts: known }, { id }, { now }) {
      const until = known[id]?.until;
      return until === undefined || now < until ? reject('session/not-due', { id }) : [{ type: 'woke', data: { id } }];
    },
  }),
};
