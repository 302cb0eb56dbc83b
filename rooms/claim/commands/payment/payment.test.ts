/** Money that goes out. */
import {
  callers,
  claimsByStatus,
  director,
  exposed,
  exposureId,
  type Event,
  gbp,
  holderId,
  idOf,
  partyAdded,
  partyId,
  paymentId,
  questioned,
  reserved,
} from '../../fake-claims.ts';
import { at, testCommands, worked } from '../../fake-rows.ts';
import { generalLine } from '../../money/reserves.ts';

const { handler, supervisor, system, desk } = callers;
const { approved, settling, closed, assigned, review } = claimsByStatus;
const nobody = idOf(99);
const paying = `${worked} denied closed`;
const euros = { amount: 1, currency: 'EUR' };
const held: Event = { type: 'paymentsHeld', data: { why: 'x' } };
const made = (amount: number, more: object = {}): Event => ({
  type: 'paymentMade',
  data: { id: paymentId, payee: 'holder', amount: gbp(amount), kind: 'partial', status: 'pending_approval', ...more },
});
const waits: Event[] = [...approved, made(100_000)];
const issued: Event[] = [...settling, { type: 'paymentIssued', data: { id: paymentId } }];
const cleared: Event[] = [...issued, { type: 'paymentCleared', data: { id: paymentId } }];
/** Had been refused, then closed: nothing of it was ever accepted. */
const refused: Event[] = [
  ...reserved,
  { type: 'declined', data: { reason: 'x', clause: 'y' } },
  { type: 'closed', data: {} },
];
/** On what was accepted before; then somebody thought better of it. */
const asIf = (...then: Event[]): Event[] => [...waits, ...then];
const reopened: Event[] = [
  { type: 'closed', data: {} },
  { type: 'reopened', data: { reason: 'mistake', why: 'x' } },
];
const declined: Event = { type: 'declined', data: { reason: 'x', clause: 'y' } };
const inQuestion = { inQuestion: ['not-in-force', 'other-holder'] };
const limited: Event[] = [
  ...assigned,
  { type: 'exposureOpened', data: { id: exposureId, coverage: 'glass', claimant: 'holder', limit: gbp(30_000) } },
  { type: 'reserveSet', data: { reserve: gbp(90_000), exposureId } },
  { type: 'approved', data: { payable: gbp(90_000) } },
];
const exposureOver = (outcome: 'completed' | 'denied'): Event[] => [
  ...exposed,
  { type: 'approved', data: { payable: gbp(10) } },
  { type: 'exposureClosed', data: { id: exposureId, outcome } },
];
const body = { exposureId, costType: 'indemnity', costCategory: 'body' } as const;
const many: Event[] = Array.from({ length: 150 }, (_, n) => made(1, { id: idOf(0x1000 + n) }));
const insider = { ...handler, customerId: holderId };
/** Where a payment cannot be undone, and why. */
const notUndone = [
  ['claim/no-such-payment', { input: { paymentId: nobody } }, { id: nobody }],
  ['claim/reopen-first', { on: [...issued, { type: 'closed', data: {} }] }, {}],
  [
    'claim/exposure-closed',
    {
      on: [
        ...exposed,
        made(5, { ...body, status: 'approved' }),
        { type: 'paymentIssued', data: { id: paymentId } },
        { type: 'exposureClosed', data: { id: exposureId, outcome: 'completed' } },
      ],
    },
    { id: exposureId },
  ],
] as const;
/** The 30,000 that a final payment let go stay let go. */
const openAgain = {
  [`reserveLines/${generalLine}/open`]: gbp(120_000),
  [`reserveLines/${generalLine}/eroded`]: gbp(0),
};

testCommands(import.meta.dirname, {
  pay: {
    on: [...approved, partyAdded],
    by: handler,
    input: { payee: partyId, amount: gbp(110_000), kind: 'final' },
    may: 'handler supervisor',
    when: paying,
    event: ['paymentMade', { id: idOf(0x22), payee: partyId, amount: gbp(110_000), kind: 'final', status: 'approved' }],
    makes: {
      status: 'settling',
      reserve: gbp(0),
      [`payments/${idOf(0x22)}`]: {
        n: 1,
        payee: partyId,
        line: generalLine,
        amount: gbp(110_000),
        kind: 'final',
        status: 'approved',
        by: 'hannah',
        approvedBy: 'hannah',
        at,
      },
    },
    refuses: [
      ['claim/payment-exists', { on: settling, input: { id: paymentId } }, { id: paymentId }],
      ['claim/too-many', { on: [...approved, ...many] }, { of: 'payments', max: 150 }],
      ['claim/wrong-currency', { input: { amount: euros } }, { currency: 'GBP' }],
      ['claim/no-such-party', { input: { payee: nobody } }, { id: nobody }],
      ['claim/payments-held', { on: [...approved, partyAdded, held] }, {}],
      ['claim/own-claim', { by: insider }, {}],
      ['claim/nothing-payable', { input: { amount: gbp(0) } }, {}],
      ['claim/wrong-kind', { input: { kind: 'supplementary' } }, { kind: 'supplementary', status: 'approved' }],
      ['claim/wrong-kind', { on: closed, input: { payee: 'holder' } }, { kind: 'partial', status: 'closed' }],
      ['claim/not-decided', { on: review, input: { payee: 'holder' } }, {}],
      ['claim/not-decided', { on: refused, input: { payee: 'holder', kind: 'supplementary' } }, {}],
      ['claim/coverage-in-question', { on: [...approved, partyAdded, questioned] }, inQuestion],
      ['claim/over-reserve', { input: { amount: gbp(150_001) } }, { reserve: gbp(150_000) }],
      ['claim/over-reserve', { input: { costCategory: 'paint' } }, { reserve: gbp(0) }],
      ['claim/over-payable', { input: { amount: gbp(120_001) } }, { payable: gbp(120_000), paid: gbp(0) }],
      [
        'claim/over-limit',
        { on: limited, input: { payee: 'holder', exposureId, amount: gbp(30_001) } },
        { limit: gbp(30_000) },
      ],
      [
        'claim/exposure-closed',
        { on: exposureOver('completed'), input: { payee: 'holder', ...body } },
        { id: exposureId },
      ],
      [
        'claim/exposure-closed',
        {
          on: [...exposureOver('denied'), { type: 'closed', data: {} }],
          input: { payee: 'holder', kind: 'supplementary', ...body },
        },
        { id: exposureId },
      ],
      [
        'claim/possible-duplicate-payment',
        { on: [...approved, made(5)], input: { payee: 'holder', amount: gbp(5) } },
        { paymentId },
      ],
      [
        'claim/possible-duplicate-payment',
        {
          on: [...issued, { type: 'paymentFailed', data: { id: paymentId, why: 'x' } }],
          input: { payee: 'holder', amount: gbp(120_000) },
        },
        { paymentId },
      ],
    ],
  },
  approvePayment: {
    on: waits,
    by: desk,
    may: 'handler desk supervisor',
    when: paying,
    event: ['paymentApproved', { id: paymentId }],
    makes: {
      status: 'settling',
      [`payments/${paymentId}/status`]: 'approved',
      [`payments/${paymentId}/by`]: 'before',
      [`payments/${paymentId}/approvedBy`]: 'dora',
      reserve: gbp(50_000),
    },
    refuses: [
      ['claim/no-such-payment', { input: { paymentId: nobody } }, { id: nobody }],
      ['claim/payment-not-now', { on: settling }, { id: paymentId, status: 'approved', needs: ['pending_approval'] }],
      ['claim/own-request', { by: { ...director, accountId: 'before' } }, {}],
      ['claim/over-authority', { by: { ...desk, limits: { reserve: 0, payment: 99_999 } } }, { limit: gbp(99_999) }],
      ['claim/own-claim', { by: { ...desk, customerId: holderId } }, {}],
      ['claim/payments-held', { on: [...waits, held] }, {}],
      ['claim/not-decided', { on: asIf(declined) }, {}],
      ['claim/not-decided', { on: asIf(...reopened) }, {}],
      ['claim/wrong-kind', { on: asIf({ type: 'closed', data: {} }) }, { kind: 'partial', status: 'closed' }],
      [
        'claim/wrong-kind',
        { on: [...approved, made(5, { kind: 'supplementary' })] },
        { kind: 'supplementary', status: 'settling' },
      ],
      ['claim/coverage-in-question', { on: asIf(questioned) }, inQuestion],
      [
        'claim/over-reserve',
        { on: [...waits, { type: 'reserveSet', data: { reserve: gbp(5) } }] },
        { reserve: gbp(5) },
      ],
      [
        'claim/over-payable',
        { on: [...waits, { type: 'approved', data: { payable: gbp(5) } }] },
        { payable: gbp(5), paid: gbp(0) },
      ],
      ['claim/over-limit', { on: [...limited, made(30_001, { exposureId })] }, { limit: gbp(30_000) }],
    ],
  },
  refusePayment: {
    on: waits,
    by: supervisor,
    may: 'handler desk supervisor',
    when: paying,
    event: ['paymentRefused', { id: paymentId, why: 'Because.' }],
    makes: {
      [`payments/${paymentId}/status`]: 'rejected',
      [`payments/${paymentId}/reason`]: 'Because.',
      reserve: gbp(150_000),
    },
    refuses: [
      ['claim/no-such-payment', { input: { paymentId: nobody } }, { id: nobody }],
      ['claim/payment-not-now', { on: settling }, { id: paymentId, status: 'approved', needs: ['pending_approval'] }],
      ['claim/over-authority', { by: { ...desk, limits: { reserve: 0, payment: 99_999 } } }, { limit: gbp(99_999) }],
    ],
  },
  issuePayment: {
    on: settling,
    by: system,
    input: { reference: 'BACS 7' },
    may: 'handler supervisor system',
    when: paying,
    event: ['paymentIssued', { id: paymentId, reference: 'BACS 7' }],
    makes: {
      [`payments/${paymentId}/status`]: 'issued',
      [`payments/${paymentId}/issuedAt`]: at,
      [`payments/${paymentId}/reference`]: 'BACS 7',
    },
    refuses: [
      ['claim/no-such-payment', { input: { paymentId: nobody } }, { id: nobody }],
      ['claim/payment-not-now', { on: waits }, { id: paymentId, status: 'pending_approval', needs: ['approved'] }],
      ['claim/payments-held', { on: [...settling, held] }, {}],
      ['claim/own-claim', { by: { ...handler, customerId: holderId } }, {}],
      ['claim/not-decided', { on: [...settling, declined] }, {}],
      ['claim/wrong-kind', { on: [...settling, { type: 'closed', data: {} }] }, { kind: 'final', status: 'closed' }],
      ['claim/coverage-in-question', { on: [...settling, questioned] }, inQuestion],
    ],
  },
  clearPayment: {
    on: [...issued, held],
    by: system,
    may: 'handler supervisor system',
    when: paying,
    event: ['paymentCleared', { id: paymentId }],
    makes: { status: 'settling', [`payments/${paymentId}/status`]: 'cleared', [`payments/${paymentId}/clearedAt`]: at },
    refuses: [
      ['claim/no-such-payment', { input: { paymentId: nobody } }, { id: nobody }],
      ['claim/payment-not-now', { on: settling }, { id: paymentId, status: 'approved', needs: ['issued'] }],
    ],
  },
  stopPayment: {
    on: [...settling, held],
    by: handler,
    may: 'handler supervisor system',
    when: paying,
    event: ['paymentStopped', { id: paymentId, why: 'Because.' }],
    makes: {
      status: 'settling',
      [`payments/${paymentId}/status`]: 'stopped',
      [`payments/${paymentId}/reason`]: 'Because.',
      ...openAgain,
    },
    refuses: [
      ...notUndone,
      ['claim/payment-not-now', { on: cleared }, { id: paymentId, status: 'cleared', needs: ['approved', 'issued'] }],
    ],
  },
  voidPayment: {
    on: issued,
    by: supervisor,
    may: 'supervisor system',
    when: paying,
    event: ['paymentVoided', { id: paymentId, why: 'Because.' }],
    makes: { [`payments/${paymentId}/status`]: 'voided', ...openAgain },
    refuses: [
      ...notUndone,
      ['claim/payment-not-now', { on: settling }, { id: paymentId, status: 'approved', needs: ['issued'] }],
      ['claim/payment-not-now', { on: cleared }, { id: paymentId, status: 'cleared', needs: ['issued'] }],
    ],
  },
  failPayment: {
    on: issued,
    by: system,
    may: 'handler supervisor system',
    when: paying,
    event: ['paymentFailed', { id: paymentId, why: 'Because.' }],
    makes: { [`payments/${paymentId}/status`]: 'failed', ...openAgain },
    refuses: [
      ...notUndone,
      ['claim/payment-not-now', { on: settling }, { id: paymentId, status: 'approved', needs: ['issued'] }],
    ],
  },
});
