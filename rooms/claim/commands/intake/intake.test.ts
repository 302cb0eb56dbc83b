/** From the first word of a loss to a claim that is weighed, linked, void or taken back. */
import { entitled } from '../../../permissions.ts';
import {
  callers,
  claimsByStatus,
  gbp,
  holderId,
  idOf,
  loss,
  otherClaimId,
  otherHolderId,
  paymentId,
  policy,
  reserved,
} from '../../fake-claims.ts';
import { at, testCommands, undecided, worked } from '../../fake-rows.ts';

const { holder, handler, supervisor, system, desk } = callers;
const { draft, submitted, triage, assigned, settling, awaiting_info } = claimsByStatus;
const opens = 'system supervisor desk holder';
const clerks = 'holder desk handler supervisor system';
const tomorrow = '2026-01-02';
const unread = { inQuestion: ['policy-unknown'] };
const triageBy = '2026-01-01T10:00:00.000Z';
const firstContactBy = '2026-01-02T13:00:00.000Z';
const { customerId: _, ...unrecorded } = holder;
/** Somebody who works here and is insured here: staff first, whatever the order of their roles. */
const both = entitled({ ...desk, customerId: holderId, roles: ['customer', 'agent'] });

testCommands(import.meta.dirname, {
  startDraft: {
    on: [],
    by: holder,
    opens,
    may: '',
    when: '',
    event: ['draftStarted'],
    makes: { status: 'draft', holderId, loss, number: '', openedAt: at },
    refuses: [
      ['forbidden', { input: { holderId: otherHolderId } }, { field: 'holderId' }],
      ['invalid', { by: desk, input: { holderId: undefined } }],
      ['invalid', { by: both, input: { holderId: undefined } }],
      ['claim/no-customer', { by: unrecorded, input: { holderId: undefined } }],
      ['not-found', { by: callers.auditor }, {}],
      ['forbidden', { on: draft }],
    ],
  },
  saveDraft: {
    on: draft,
    by: holder,
    may: clerks,
    when: 'draft',
    event: ['draftSaved'],
    makes: { status: 'draft', loss: { place: 'Leeds, A58', narrative: 'Hit from behind.' } },
    refuses: [
      ['claim/unchanged', { input: { loss: { place: 'Leeds, A58' } } }, { field: 'loss' }],
      ['invalid', { input: { loss: { peril: 'dragon' } } }],
    ],
  },
  discard: {
    on: draft,
    by: holder,
    may: clerks,
    when: 'draft',
    event: ['discarded'],
    makes: { status: 'withdrawn', isDiscarded: true },
  },
  report: {
    on: draft,
    by: holder,
    facts: { policyAtLoss: { ...policy, currency: 'EUR' }, possibleDuplicates: [otherClaimId] },
    opens,
    may: clerks,
    when: 'draft',
    event: [
      'reported',
      {
        holderId,
        number: 'CLM-2026-0000007',
        // The policy knows its currency better than whoever reports.
        loss: { ...loss, currency: 'EUR' },
        coverage: { inQuestion: ['other-currency'], policy: { ...policy, currency: 'EUR' } },
        possibleDuplicates: [otherClaimId],
        triageBy,
      },
    ],
    makes: {
      status: 'submitted',
      number: 'CLM-2026-0000007',
      reportedAt: at,
      'loss/currency': 'EUR',
      'coverage/policy/version': 3,
      possibleDuplicates: [otherClaimId],
      due: { triage: triageBy },
    },
    refuses: [
      ['claim/loss-in-future', { input: { loss: { ...loss, occurredOn: tomorrow } } }, { occurredOn: tomorrow }],
      ['invalid', { input: { loss: { ...loss, policyNumber: undefined } } }],
      ['invalid', { on: [], by: desk, input: { holderId: undefined } }],
      ['forbidden', { on: [], input: { holderId: otherHolderId } }, { field: 'holderId' }],
      ['claim/no-customer', { on: [], by: unrecorded, input: { holderId: undefined } }],
    ],
  },
  amendLoss: {
    on: assigned,
    by: handler,
    input: { loss: { peril: 'theft', place: loss.place } },
    facts: { possibleDuplicates: [otherClaimId] },
    may: clerks,
    when: undecided,
    event: [
      'lossAmended',
      {
        loss: { peril: 'theft' },
        was: { peril: 'collision' },
        coverage: unread,
        possibleDuplicates: [otherClaimId],
        why: 'Because.',
        reweighed: { priority: 'P4', score: 15, reasons: { theft: 15 } },
      },
    ],
    makes: {
      status: 'assigned',
      loss: { ...loss, peril: 'theft' },
      coverage: unread,
      possibleDuplicates: [otherClaimId],
      priorityReasons: { theft: 15 },
    },
    refuses: [
      ['claim/unchanged', { input: { loss: { place: loss.place } } }, { field: 'loss' }],
      ['claim/loss-in-future', { input: { loss: { occurredOn: tomorrow } } }],
      ['invalid', { input: { loss: { place: ' ' } } }],
      ['claim/currency-fixed', { by: holder, input: { loss: { currency: 'EUR' } } }, {}],
      ['claim/currency-fixed', { on: reserved, input: { loss: { currency: 'EUR' } } }],
      [
        'claim/currency-fixed',
        {
          on: [...assigned, { type: 'exposureOpened', data: { id: idOf(1), coverage: 'x', claimant: 'holder' } }],
          input: { loss: { currency: 'EUR' } },
        },
      ],
      [
        'claim/currency-fixed',
        {
          on: [
            ...assigned,
            { type: 'recoveryRecorded', data: { id: idOf(1), kind: 'credit', state: 'expected', amount: gbp(1) } },
          ],
          input: { loss: { currency: 'EUR' } },
        },
      ],
    ],
  },
  triage: {
    on: submitted,
    by: system,
    may: 'system',
    when: 'submitted',
    event: ['triaged', { priority: 'P4', score: 0, reasons: {}, firstContactBy }],
    makes: { status: 'triage', priority: 'P4', priorityScore: 0, due: { 'first-contact': firstContactBy } },
  },
  setPriority: {
    on: assigned,
    by: handler,
    may: 'handler supervisor',
    when: 'triage assigned assessment awaiting_info review',
    event: ['prioritySet', { priority: 'P1', was: 'P4', why: 'Because.' }],
    makes: { priority: 'P1', isPrioritySetByHand: true },
    refuses: [['claim/unchanged', { input: { priority: 'P4' } }, { field: 'priority' }]],
  },
  linkDuplicate: {
    on: triage,
    by: desk,
    may: 'handler desk supervisor system',
    when: undecided,
    event: ['duplicateLinked'],
    makes: { status: 'triage', duplicateOf: otherClaimId },
    refuses: [
      ['claim/unchanged', { on: [...triage, { type: 'duplicateLinked', data: { claimId: otherClaimId } }] }],
      ['claim/own-duplicate', { room: `claim/${otherClaimId}` }, {}],
      ['invalid', { input: { claimId: 'x' } }],
    ],
  },
  markVoid: {
    on: triage,
    by: supervisor,
    may: 'supervisor',
    when: 'submitted triage assigned',
    event: ['voided'],
    makes: { status: 'void', reason: 'Because.', due: {} },
    refuses: [
      ['claim/no-survivor', { input: { reason: 'duplicate' } }],
      [
        'claim/paid-already',
        {
          on: [
            ...reserved,
            {
              type: 'paymentMade',
              data: { id: paymentId, payee: 'holder', amount: gbp(5), kind: 'partial', status: 'pending_approval' },
            },
          ],
        },
        { payments: [paymentId] },
      ],
    ],
  },
  withdraw: {
    on: awaiting_info,
    by: holder,
    may: 'holder handler supervisor system',
    when: `draft submitted ${worked}`,
    event: ['withdrawn'],
    makes: {
      status: 'withdrawn',
      reason: 'Paid it myself.',
      reserve: gbp(0),
      payable: undefined,
      previousStatus: undefined,
      waitingSince: undefined,
      due: {},
    },
    refuses: [
      ['claim/paid-already', { on: settling }, {}],
      ['claim/paid-already', { on: settling, by: handler }, { payments: [paymentId] }],
    ],
  },
});
