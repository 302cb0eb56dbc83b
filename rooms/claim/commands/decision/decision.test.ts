/** The decision, and what may still become of it. */
import {
  callers,
  claimsByStatus,
  exposed,
  exposureId,
  type Event,
  gbp,
  holderId,
  idOf,
  paid,
  partyAdded,
  paymentId,
  questioned,
  reserved,
} from '../../fake-claims.ts';
import { at, testCommands, undecided } from '../../fake-rows.ts';

const { handler, supervisor, system } = callers;
const { assessment, denied, closed, draft, settling, submitted } = claimsByStatus;
const held: Event = { type: 'paymentsHeld', data: { why: 'x' } };
const euros = { amount: 1, currency: 'EUR' };
const reopened: Event = { type: 'reopened', data: { reason: 'mistake', why: 'x' } };
const cleared: Event[] = [
  ...paid,
  { type: 'paymentIssued', data: { id: paymentId } },
  { type: 'paymentCleared', data: { id: paymentId } },
];
/** Of 120,000. */
const partlyPaid: Event[] = [
  ...claimsByStatus.approved,
  {
    type: 'paymentMade',
    data: { id: idOf(2), payee: 'holder', amount: gbp(100_000), kind: 'final', status: 'approved' },
  },
  { type: 'paymentIssued', data: { id: idOf(2) } },
  { type: 'paymentCleared', data: { id: idOf(2) } },
];
/** The handler is the holder, or has to do with the loss. */
const insider = { ...handler, customerId: holderId };
const party = { ...handler, accountId: callers.thirdParty.accountId };
const decisionBy = '2026-01-05T09:00:00.000Z';
const inReview: Event[] = [...reserved, { type: 'sentForReview', data: { decideBy: decisionBy } }];
/** What both ways of saying yes are turned down for. */
const notPayable = [
  ['claim/nothing-payable', { input: { payable: gbp(0) } }, {}],
  ['claim/wrong-currency', { input: { payable: euros } }, { currency: 'GBP' }],
  ['claim/over-reserve', { input: { payable: gbp(150_001) } }, { reserve: gbp(150_000) }],
  [
    'claim/over-authority',
    { input: { payable: gbp(1_001) }, by: { ...handler, limits: { reserve: 0, payment: 1_000 } } },
    { limit: gbp(1_000) },
  ],
  [
    'claim/already-paid',
    { on: [...closed, reopened], by: supervisor, input: { payable: gbp(119_999) } },
    { paid: gbp(120_000) },
  ],
  ['claim/payments-held', { on: [...reserved, held] }, {}],
  ['claim/coverage-in-question', { on: [...reserved, questioned] }, { inQuestion: ['not-in-force', 'other-holder'] }],
  ['claim/own-claim', { by: insider }, {}],
  ['claim/own-claim', { by: party, on: [...reserved, partyAdded] }, {}],
] as const;

/** Asked for, or agreed to and not sent: it rests on the decision that stands. */
const pendingOn = (history: readonly Event[], more: object = {}): Event[] => [
  ...history,
  {
    type: 'paymentMade',
    data: { id: idOf(1), payee: 'holder', amount: gbp(5), kind: 'partial', status: 'pending_approval', ...more },
  },
];
const pending = { payments: [idOf(1)], allowed: ['approvePayment', 'refusePayment', 'issuePayment', 'stopPayment'] };

testCommands(import.meta.dirname, {
  confirmCoverage: {
    on: [...reserved, questioned],
    by: supervisor,
    may: 'supervisor',
    when: `${undecided} approved partially_approved settling denied closed`,
    event: ['coverageConfirmed', { inQuestion: ['not-in-force', 'other-holder'], why: 'Because.' }],
    makes: {
      status: 'assigned',
      'coverage/inQuestion': ['not-in-force', 'other-holder'],
      'coverage/confirmed': { why: 'Because.', by: 'sue', at },
    },
    refuses: [
      ['claim/nothing-in-question', { on: reserved }, {}],
      [
        'claim/nothing-in-question',
        {
          on: [
            ...reserved,
            questioned,
            { type: 'coverageConfirmed', data: { inQuestion: ['not-in-force'], why: 'x' } },
          ],
        },
        {},
      ],
      ['claim/own-claim', { by: { ...supervisor, customerId: holderId } }, {}],
      ['invalid', { input: { why: ' ' } }],
    ],
  },
  approve: {
    on: [
      ...inReview,
      { type: 'declined', data: { reason: 'x', clause: 'y' } },
      { type: 'appealed', data: { why: 'x', decideBy: decisionBy } },
    ],
    by: handler,
    input: { payable: gbp(150_000), why: 'Photos and estimate agree.' },
    may: 'handler supervisor',
    when: 'assigned review',
    event: ['approved'],
    makes: { status: 'approved', payable: gbp(150_000), decidedAt: at, due: {}, reason: undefined, clause: undefined },
    refuses: notPayable,
  },
  approvePartially: {
    on: inReview,
    by: handler,
    may: 'handler supervisor',
    when: 'assigned review',
    event: ['partiallyApproved'],
    makes: {
      status: 'partially_approved',
      payable: gbp(50_000),
      reason: 'Worn before.',
      clause: '4.2',
      decidedAt: at,
      due: {},
    },
    refuses: [...notPayable, ['invalid', { input: { reason: undefined } }], ['invalid', { input: { clause: ' ' } }]],
  },
  decline: {
    on: [...closed, reopened],
    by: supervisor,
    may: 'handler supervisor',
    when: 'assigned review',
    event: ['declined'],
    makes: { status: 'denied', payable: undefined, reason: 'Wear and tear.', clause: '4.2', decidedAt: at, due: {} },
    refuses: [
      ['claim/payments-held', { on: [...reserved, held] }, {}],
      ['claim/own-claim', { on: reserved, by: insider }, {}],
      ['claim/payments-pending', { on: pendingOn([...closed, reopened]) }, pending],
      ['invalid', { input: { clause: undefined } }],
      ['invalid', { input: { reason: '' } }],
    ],
  },
  appeal: {
    on: denied,
    by: supervisor,
    now: '2026-02-02T10:00:00.000Z',
    may: 'supervisor',
    when: 'denied',
    event: ['appealed', { why: 'Because.', decideBy: '2026-02-04T10:00:00.000Z' }],
    makes: { status: 'review', decidedAt: undefined, due: { decision: '2026-02-04T10:00:00.000Z' } },
    refuses: [['invalid', { input: { why: undefined } }]],
  },
  close: {
    on: [...cleared, { type: 'reserveSet', data: { reserve: gbp(70) } }],
    by: system,
    may: 'handler supervisor system',
    when: 'settling denied',
    event: ['closed'],
    makes: { status: 'closed', closedAt: at, reserve: gbp(0), due: {} },
    refuses: [
      ['claim/unfinished', { on: settling }, { unmet: [{ guard: 'unfinished-payments', ids: [paymentId] }] }],
      [
        'claim/unfinished',
        { on: partlyPaid },
        { unmet: [{ guard: 'unpaid', payable: gbp(120_000), paid: gbp(100_000) }] },
      ],
      [
        'claim/unfinished',
        {
          on: [
            ...cleared,
            { type: 'exposureOpened', data: { id: exposureId, coverage: 'x', claimant: 'holder' } },
            { type: 'reserveAsked', data: { reserve: gbp(1) } },
            { type: 'referred', data: { why: 'x' } },
            held,
          ],
        },
        {
          unmet: [
            { guard: 'open-exposures', ids: [exposureId] },
            { guard: 'pending-reserves', ids: ['claim.indemnity.general'] },
            { guard: 'open-investigation' },
            { guard: 'payments-held' },
          ],
        },
      ],
      [
        'claim/appeal-open',
        {
          on: [...exposed, { type: 'declined', data: { reason: 'x', clause: 'y' } }],
          now: '2026-01-15T08:59:59.999Z',
        },
        { until: '2026-01-15T09:00:00.000Z' },
      ],
    ],
  },
  reopen: {
    on: closed,
    by: supervisor,
    now: '2026-02-02T10:00:00.000Z',
    may: 'supervisor',
    when: 'closed withdrawn',
    event: ['reopened', { reason: 'mistake', why: 'Because.', decideBy: '2026-02-04T10:00:00.000Z' }],
    makes: {
      status: 'review',
      reopenCount: 1,
      closedAt: undefined,
      payable: gbp(120_000),
      due: { decision: '2026-02-04T10:00:00.000Z' },
    },
    refuses: [
      ['claim/payments-pending', { on: pendingOn(closed, { kind: 'supplementary' }) }, pending],
      ['claim/payments-pending', { on: pendingOn(closed, { kind: 'supplementary', status: 'approved' }) }, pending],
      ['claim/never-sent', { on: [...draft, { type: 'withdrawn', data: { reason: 'Never sent.' } }] }, {}],
      ['claim/never-sent', { on: [...draft, { type: 'discarded', data: {} }] }],
      ['invalid', { input: { reason: 'because' } }],
      ['claim/not-now', { on: submitted }],
      ['claim/not-now', { on: assessment }],
    ],
  },
});
