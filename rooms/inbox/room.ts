/** The inbox as a room: its owner's devices sit in it, and nobody else. */
import { type Caller, roomOf } from '../kit.ts';
import { may } from '../permissions.ts';
import { Uuid } from '../values.ts';
import { commands } from './commands.ts';
import { events } from './events.ts';
import { type Inbox, initial, type Notice, noticesMax, type Seat } from './inbox.ts';
import { refusals } from './refusals.ts';

type Notices = Inbox['notices'];
const rankOf = ({ n, status }: Notice) => (status === 'read' ? 0 : 1e12) + n;
const newest = (notices: Notices): Notices => {
  const all = Object.entries(notices);
  if (all.length <= noticesMax) return notices;
  return Object.fromEntries(all.sort(([, a], [, b]) => rankOf(b) - rankOf(a)).slice(0, noticesMax));
};
const asRead = (notice: Notice, status: 'read' | 'unread'): Notice => {
  const { until: _, ...rest } = notice;
  return { ...rest, status };
};

const seat = ({ accountId }: Inbox, caller: Caller): Seat | null => {
  if (may(caller, 'system.act')) return 'system';
  return caller.accountId === accountId ? 'owner' : null;
};
const whole = (inbox: Inbox) => {
  const { notices, noticeCount } = inbox;
  const unread = Object.values(notices).filter(({ status }) => status === 'unread').length;
  return { status: inbox.status, notices, noticeCount, unread };
};

export const inboxRoom = roomOf<Inbox, Seat>()({
  kind: 'inbox',
  name: Uuid,
  version: 1,
  statuses: ['open'],
  initial,
  events,
  apply: {
    opened: (inbox, { accountId }) => ({ ...inbox, accountId }),
    noticed({ noticeCount, notices }, { accountId, id, ...notice }, { at }) {
      const n = noticeCount + 1;
      const { about, ...told } = notice;
      const one: Notice = { n, ...told, at, status: 'unread', ...(about !== undefined && { about }) };
      return { status: 'open', accountId, notices: newest({ ...notices, [id]: one }), noticeCount: n };
    },
    read(inbox, { ids }) {
      const notices: Record<string, Notice> = { ...inbox.notices };
      for (const id of ids) notices[id] = asRead(notices[id]!, 'read');
      return { ...inbox, notices };
    },
    snoozed: (inbox, { id, until }) => ({
      ...inbox,
      notices: { ...inbox.notices, [id]: { ...inbox.notices[id]!, status: 'snoozed', until } },
    }),
    woke: (inbox, { id }) => ({
      ...inbox,
      notices: { ...inbox.notices, [id]: asRead(inbox.notices[id]!, 'unread') },
    }),
  },
  commands,
  refusals,
  seat,
  view: { system: whole, owner: whole },
  deadlines: ({ notices }) =>
    Object.entries(notices).flatMap(([id, { until }]) =>
      until === undefined ? [] : [{ name: `wakes-${id}`, at: until, command: 'wake', input: { id } }],
    ),
});
