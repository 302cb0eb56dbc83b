/** What is put aside: exposures, reserve lines, and what is beyond somebody's authority. */
import {
  callers,
  claimsByStatus,
  director,
  type Event,
  exposed,
  exposureId,
  gbp,
  holderId,
  idOf,
  loss,
  paid,
  partyAdded,
  partyId,
  paymentId,
  policy,
  reserved,
  vehicleId,
} from '../../fake-claims.ts';
import { testCommands, worked } from '../../fake-rows.ts';
import { generalLine } from '../../money/reserves.ts';

const { handler, supervisor, desk } = callers;
const { draft, assigned } = claimsByStatus;
const nobody = idOf(99);
const bodyLine = `${exposureId}.indemnity.body`;
const body = { exposureId, costType: 'indemnity', costCategory: 'body' } as const;
const exposureClosed: Event = { type: 'exposureClosed', data: { id: exposureId, outcome: 'completed' } };
const asked: Event = { type: 'reserveAsked', data: { reserve: gbp(600_000), was: gbp(150_000) } };
/** Somebody asked for it under the account `before`; they must not agree to it as well. */
const asker = { ...director, accountId: 'before' };
const covered = (currency: 'GBP' | 'EUR'): Event[] => [
  ...draft,
  {
    type: 'reported',
    data: {
      holderId,
      number: 'x',
      loss,
      coverage: {
        inQuestion: [],
        policy: { ...policy, currency, coverages: structuredClone(policy.coverages) as never },
      },
    },
  },
  { type: 'triaged', data: { priority: 'P4', score: 0 } },
];
const many = (count: number, event: (n: number) => Event) => Array.from({ length: count }, (_, n) => event(n));
const categories = [
  'general',
  'body',
  'parts',
  'paint',
  'hire',
  'storage',
  'assessor',
  'legal',
  'medical',
  'injury',
] as const;

testCommands(import.meta.dirname, {
  openExposure: {
    on: [
      ...covered('GBP'),
      partyAdded,
      { type: 'vehicleAdded', data: { id: vehicleId, registration: 'B', isInsured: true } },
    ],
    by: supervisor,
    input: { claimant: partyId, vehicleId },
    may: 'handler supervisor system',
    when: worked,
    event: [
      'exposureOpened',
      {
        id: exposureId,
        coverage: 'own-damage',
        claimant: partyId,
        vehicleId,
        limit: gbp(1_000_000),
        excess: gbp(25_000),
        reweighed: { priority: 'P4', score: 15, reasons: { 'third-party': 15 } },
      },
    ],
    makes: {
      status: 'triage',
      [`exposures/${exposureId}`]: {
        n: 1,
        status: 'open',
        coverage: 'own-damage',
        claimant: partyId,
        vehicleId,
        limit: gbp(1_000_000),
        excess: gbp(25_000),
      },
      priorityReasons: { 'third-party': 15 },
    },
    refuses: [
      ['claim/exposure-exists', { on: exposed, by: handler, input: { coverage: 'x' } }, { id: exposureId }],
      ['claim/exposure-exists', { on: exposed, by: handler, input: { id: idOf(1) } }, { id: exposureId }],
      ['claim/no-such-party', { input: { claimant: nobody } }, { id: nobody }],
      ['claim/no-such-vehicle', { input: { vehicleId: nobody } }, { id: nobody }],
      ['claim/no-such-coverage', { input: { coverage: 'toString' } }, { coverages: ['own-damage', 'liability'] }],
      ['claim/wrong-currency', { on: covered('EUR'), input: {} }, { currency: 'GBP', policy: 'EUR' }],
      [
        'claim/too-many',
        {
          on: [
            ...assigned,
            ...many(40, (n) => ({
              type: 'exposureOpened',
              data: { id: idOf(n), coverage: `${n}`, claimant: 'holder' },
            })),
          ],
          input: {},
        },
        { of: 'exposures', max: 40 },
      ],
    ],
  },
  closeExposure: {
    on: [...exposed, { type: 'reserveAsked', data: { reserve: gbp(600_000), ...body } }],
    by: handler,
    may: 'handler supervisor system',
    when: `${worked} denied`,
    event: ['exposureClosed', { id: exposureId, outcome: 'completed' }],
    makes: {
      [`exposures/${exposureId}/status`]: 'closed',
      [`exposures/${exposureId}/outcome`]: 'completed',
      [`reserveLines/${bodyLine}/open`]: gbp(0),
      [`reserveLines/${bodyLine}/pending`]: undefined,
      reserve: gbp(0),
    },
    refuses: [
      ['claim/no-such-exposure', { input: { exposureId: nobody } }, { id: nobody }],
      ['claim/exposure-closed', { on: [...exposed, exposureClosed] }, { id: exposureId }],
      [
        'claim/unfinished',
        {
          on: [
            ...exposed,
            {
              type: 'paymentMade',
              data: {
                id: paymentId,
                payee: 'holder',
                amount: gbp(5),
                kind: 'partial',
                status: 'pending_approval',
                ...body,
              },
            },
          ],
        },
        { unmet: [{ guard: 'unfinished-payments', ids: [paymentId] }] },
      ],
    ],
  },
  reopenExposure: {
    on: [...exposed, exposureClosed],
    by: handler,
    may: 'handler supervisor',
    when: worked,
    event: ['exposureReopened', { id: exposureId, why: 'Because.' }],
    makes: {
      [`exposures/${exposureId}/status`]: 'reopened',
      [`exposures/${exposureId}/outcome`]: undefined,
      reserve: gbp(0),
    },
    refuses: [
      ['claim/no-such-exposure', { input: { exposureId: nobody } }, { id: nobody }],
      ['claim/exposure-open', { on: exposed }, { id: exposureId }],
    ],
  },
  setReserve: {
    on: [...reserved, asked],
    by: director,
    input: { reserve: gbp(1_000_001), why: 'More rust.' },
    may: 'handler supervisor',
    when: `${worked} denied`,
    event: [
      'reserveSet',
      {
        reserve: gbp(1_000_001),
        was: gbp(150_000),
        why: 'More rust.',
        reweighed: { priority: 'P4', score: 10, reasons: { 'large-reserve': 10 } },
      },
    ],
    makes: {
      status: 'assigned',
      reserve: gbp(1_000_001),
      [`reserveLines/${generalLine}/open`]: gbp(1_000_001),
      [`reserveLines/${generalLine}/pending`]: undefined,
      priorityReasons: { 'large-reserve': 10 },
    },
    refuses: [
      ['claim/unchanged', { input: { reserve: gbp(150_000) } }, { field: 'reserve' }],
      ['claim/wrong-currency', { input: { reserve: { amount: 1, currency: 'EUR' } } }, { currency: 'GBP' }],
      ['claim/over-authority', { by: handler, input: { reserve: gbp(500_001) } }, { limit: gbp(500_000) }],
      // 120,000 of it is paid already.
      ['claim/over-authority', { on: paid, by: handler, input: { reserve: gbp(380_001) } }, { limit: gbp(500_000) }],
      ['claim/no-such-exposure', { input: { exposureId: nobody } }, { id: nobody }],
      ['claim/exposure-closed', { on: [...exposed, exposureClosed], input: body }, { id: exposureId }],
      [
        'claim/too-many',
        {
          on: [
            ...assigned,
            ...many(
              6,
              (n): Event => ({ type: 'exposureOpened', data: { id: idOf(n), coverage: `${n}`, claimant: 'holder' } }),
            ),
            ...many(120, (n): Event => {
              const costType = n % 2 ? 'indemnity' : 'expense';
              const line = {
                exposureId: idOf(Math.floor(n / 20)),
                costType,
                costCategory: categories[(n >> 1) % 10]!,
              } as const;
              return { type: 'reserveSet', data: { reserve: gbp(1), ...line } };
            }),
          ],
        },
        { of: 'reserveLines', max: 120 },
      ],
    ],
  },
  approveReserve: {
    on: [...reserved, asked],
    by: { ...desk, limits: director.limits },
    may: 'handler desk supervisor',
    when: `${worked} denied`,
    event: ['reserveApproved', { line: generalLine, reserve: gbp(600_000), was: gbp(150_000) }],
    makes: { reserve: gbp(600_000), [`reserveLines/${generalLine}/pending`]: undefined },
    refuses: [
      ['claim/nothing-pending', { on: reserved }, { line: generalLine }],
      ['claim/nothing-pending', { input: { line: 'claim.expense.legal' } }, { line: 'claim.expense.legal' }],
      ['claim/own-request', { by: asker }, {}],
      ['claim/over-authority', { by: supervisor }, { limit: gbp(500_000) }],
      ['invalid', { input: { line: '__proto__' } }],
    ],
  },
  refuseReserve: {
    on: [...reserved, asked],
    by: director,
    may: 'handler desk supervisor',
    when: `${worked} denied`,
    event: ['reserveRefused'],
    makes: { reserve: gbp(150_000), [`reserveLines/${generalLine}/pending`]: undefined },
    refuses: [
      ['claim/nothing-pending', { on: reserved }, { line: generalLine }],
      ['claim/over-authority', { by: desk }, { limit: gbp(500_000) }],
    ],
  },
});
