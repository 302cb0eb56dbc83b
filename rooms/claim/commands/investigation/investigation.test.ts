/** Looking into a claim: a flag beside its status, and a hold on its money. */
import { callers, claimsByStatus, type Event, loss } from '../../fake-claims.ts';
import { at, reported, testCommands, worked } from '../../fake-rows.ts';

const { handler, supervisor, investigator } = callers;
const { assigned, submitted, withdrawn } = claimsByStatus;
const live = `submitted ${worked} denied closed`;
const referred: Event = { type: 'referred', data: { why: 'Two stories.', indicators: ['F08'] } };
const held: Event = { type: 'paymentsHeld', data: { why: 'Two stories.' } };
/** It would have gone through by itself. */
const glass: Event[] = [
  ...submitted,
  {
    type: 'lossAmended',
    data: { loss: { ...loss, peril: 'glass', needsHire: true }, was: loss, coverage: { inQuestion: [] } },
  },
  { type: 'triaged', data: { priority: 'P4', score: 0, reasons: { hire: 10, 'fast-track': -10 } } },
];

testCommands(import.meta.dirname, {
  referToInvestigation: {
    on: glass,
    by: supervisor,
    may: 'handler desk supervisor investigator system',
    when: reported,
    event: [
      'referred',
      { why: 'Because.', indicators: ['F01'], reweighed: { priority: 'P4', score: 10, reasons: { hire: 10 } } },
    ],
    makes: {
      status: 'triage',
      investigation: { status: 'open', reason: 'Because.', indicators: ['F01'], by: 'sue', at },
      priorityReasons: { hire: 10 },
    },
    refuses: [['claim/already-referred', { on: [...assigned, referred], by: handler }, {}]],
  },
  closeInvestigation: {
    // Taken back when it was asked about: what was found is written down all the same.
    on: [...withdrawn, referred],
    by: investigator,
    input: { disposition: 'abandoned' },
    may: 'investigator',
    when: reported,
    event: ['investigationClosed'],
    makes: {
      status: 'withdrawn',
      investigation: {
        status: 'closed',
        reason: 'Two stories.',
        indicators: ['F08'],
        by: 'before',
        at,
        disposition: 'abandoned',
        findings: 'Nothing in it.',
      },
    },
    refuses: [
      ['claim/not-referred', { on: assigned }, {}],
      [
        'claim/not-referred',
        {
          on: [
            ...assigned,
            referred,
            { type: 'investigationClosed', data: { disposition: 'pay', findings: 'Nothing.' } },
          ],
        },
      ],
    ],
  },
  holdPayments: {
    on: assigned,
    by: investigator,
    may: 'investigator supervisor system',
    when: live,
    event: ['paymentsHeld'],
    makes: { status: 'assigned', paymentHold: { reason: 'Because.', by: 'ivan', at } },
    refuses: [['claim/held-already', { on: [...assigned, held] }, {}]],
  },
  liftHold: {
    on: [...assigned, held],
    by: supervisor,
    may: 'investigator supervisor',
    when: reported,
    event: ['holdLifted'],
    makes: { status: 'assigned', paymentHold: undefined },
    refuses: [['claim/not-held', { on: assigned }, {}]],
  },
});
