/** A toy room to try the runtime with: a till that somebody owns, others may pay into, and that can be handed on. */
import { z } from 'zod';
import { commandsOf, reject, roomOf } from '../../rooms/kit.ts';
import { may } from '../../rooms/permissions.ts';

export interface Till {
  readonly status: 'open' | 'closed';
  readonly ownerId: string;
  readonly total: number;
  readonly secret: number;
  readonly payments: number;
  readonly openedAt: string;
}
type Seat = 'system' | 'owner' | 'payer';

export const events = {
  opened: z.strictObject({ ownerId: z.string() }),
  paid: z.strictObject({ amount: z.int(), text: z.string().optional() }),
  counted: z.strictObject({}),
  handed: z.strictObject({ ownerId: z.string() }),
  closed: z.strictObject({}),
};
const command = commandsOf<Till, Seat, typeof events>();
const nothing = z.strictObject({});

const commands = {
  open: command({
    summary: 'Open a till.',
    opens: { 'claims.handle': 'owner', 'system.act': 'system' },
    may: [],
    when: [],
    input: nothing,
    decide: (_, __, { by }) => [{ type: 'opened', data: { ownerId: by.accountId } }],
  }),
  pay: command({
    summary: 'Pay in.',
    may: ['owner', 'payer', 'system'],
    when: ['open'],
    input: z.strictObject({ amount: z.int(), text: z.string().optional() }),
    decide: (till, payment) => {
      if (payment.amount > 1_000) return reject('till/too-much', { total: till.total });
      // Two events of one command: they stand or fall together.
      return [
        { type: 'paid', data: payment },
        { type: 'counted', data: {} },
      ];
    },
  }),
  hand: command({
    summary: 'Hand it on.',
    may: ['owner'],
    when: ['open'],
    input: z.strictObject({ to: z.string() }),
    decide: (_, { to }) => [{ type: 'handed', data: { ownerId: to } }],
  }),
  close: command({
    summary: 'Close it.',
    may: ['owner', 'system'],
    when: ['open'],
    input: nothing,
    decide: () => [{ type: 'closed', data: {} }],
  }),
  numbered: command({
    summary: 'Needs a fact.',
    may: ['owner'],
    when: 'any',
    input: nothing,
    facts: ['claimNumber'],
    decide: (_, __, { facts }) => [{ type: 'paid', data: { amount: 1, text: facts.claimNumber } }],
  }),
  defect: command({
    summary: 'Has a bug.',
    may: ['owner'],
    when: 'any',
    input: nothing,
    decide: () => {
      throw new Error('a bug');
    },
  }),
};

export const tillRoom = roomOf<Till, Seat>()({
  kind: 'till',
  name: z.string(),
  version: 1,
  initial: { status: 'open', ownerId: '', total: 0, secret: 0, payments: 0, openedAt: '' },
  events,
  apply: {
    opened: (till, { ownerId }, { at }) => ({ ...till, ownerId, openedAt: at }),
    paid: (till, { amount }) => ({ ...till, total: till.total + amount, secret: till.secret + 1 }),
    counted: (till) => ({ ...till, payments: till.payments + 1 }),
    handed: (till, { ownerId }) => ({ ...till, ownerId }),
    closed: (till) => ({ ...till, status: 'closed' as const }),
  },
  commands,
  seat(till, caller) {
    if (may(caller, 'system.act')) return 'system';
    if (till.ownerId === caller.accountId) return 'owner';
    return may(caller, 'claims.own') ? 'payer' : null;
  },
  view: { system: (till) => till, owner: (till) => till, payer: ({ status, total }) => ({ status, total }) },
  signals: { typing: { data: z.strictObject({ field: z.string() }), from: ['owner'], to: ['payer'] } },
  presence: ['owner'],
  deadlines: (till) =>
    till.status === 'open' && till.openedAt !== ''
      ? [
          {
            name: 'end-of-day',
            at: new Date(Date.parse(till.openedAt) + 3_600_000).toISOString(),
            command: 'close',
            input: {},
          },
        ]
      : [],
});
