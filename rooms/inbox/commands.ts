/** What may be asked of an inbox. */
import { z } from 'zod';
import { addDays } from '../calendar.ts';
import { commandsOf, reject } from '../kit.ts';
import { Instant, Uuid7 } from '../values.ts';
import type { events } from './events.ts';
import { type Inbox, NewNotice, noticesMax, type Seat, snoozeDaysMax } from './inbox.ts';

const command = commandsOf<Inbox, Seat, typeof events>();
const ownerOf = (room: string) => room.slice('inbox/'.length);

export const commands = {
  open: command({
    summary: 'Open your inbox, before anything has come in.',
    // Whatever somebody is allowed besides, they may have an inbox.
    opens: {
      'documents.read': 'owner',
      'policies.read': 'owner',
      'reports.read': 'owner',
      'settings.read': 'owner',
    },
    may: [],
    when: 'any',
    input: z.strictObject({}),
    decide: (_, __, { room, by: { accountId } }) =>
      // That others have one, or have none yet, is not said.
      accountId === ownerOf(room) ? [{ type: 'opened', data: { accountId } }] : reject('not-found'),
  }),
  notify: command({
    summary: 'Something that concerns them.',
    opens: { 'system.act': 'system' },
    may: ['system'],
    when: 'any',
    input: NewNotice,
    decide({ notices }, { about, ...notice }, { room }) {
      if (Object.hasOwn(notices, notice.id)) return reject('inbox/notice-exists', { id: notice.id });
      const data = { accountId: ownerOf(room), ...notice, ...(about !== undefined && { about }) };
      return [{ type: 'noticed', data }];
    },
  }),
  markRead: command({
    summary: 'Say that you have read notices: these, or all of them.',
    may: ['owner'],
    when: 'any',
    input: z.strictObject({
      ids: z.array(Uuid7).min(1).max(noticesMax).meta({ title: 'Which; none named: all' }).optional(),
    }),
    decide({ notices }, { ids }) {
      const unknown = ids?.find((id) => !Object.hasOwn(notices, id));
      if (unknown !== undefined) return reject('inbox/no-such-notice', { id: unknown });
      const unread = [...new Set(ids ?? Object.keys(notices))].filter((id) => notices[id]!.status !== 'read');
      return unread.length === 0 ? reject('inbox/nothing-new') : [{ type: 'read', data: { ids: unread } }];
    },
  }),
  snooze: command({
    summary: 'Be told again later.',
    may: ['owner'],
    when: 'any',
    input: z.strictObject({ id: Uuid7.meta({ title: 'Notice' }), until: Instant.meta({ title: 'Until' }) }),
    decide({ notices }, { id, until }, { now }) {
      if (!Object.hasOwn(notices, id)) return reject('inbox/no-such-notice', { id });
      const latest = addDays(now, snoozeDaysMax);
      if (until <= now || until > latest) return reject('inbox/wrong-time', { latest });
      return [{ type: 'snoozed', data: { id, until } }];
    },
  }),
  wake: command({
    summary: 'The time is over for which a notice was put aside.',
    may: ['system'],
    when: 'any',
    input: z.strictObject({ id: Uuid7 }),
    decide({ notices }, { id }, { now }) {
      const until = notices[id]?.until;
      return until === undefined || now < until ? reject('inbox/not-due', { id }) : [{ type: 'woke', data: { id } }];
    },
  }),
};
