/** Who works on the claim, and on to the decision. */
import { assessorId, callers, chosen, claimsByStatus, handlerId, idOf, otherAgentId } from '../../fake-claims.ts';
import { at, reported, testCommands, worked } from '../../fake-rows.ts';

const { handler, supervisor, system, desk, assessor } = callers;
const { submitted, triage, assigned, review } = claimsByStatus;
const handed = `submitted ${worked} denied`;
const firstContactBy = '2026-01-02T13:00:00.000Z';
const answerBy = '2026-01-01T09:05:00.000Z';
const given = [...triage, { type: 'assigned', data: { handlerId, chosen, answerBy } }] as const;
const asked = [...assigned, { type: 'assessorAssigned', data: { assessorId } }] as const;

testCommands(import.meta.dirname, {
  assign: {
    on: submitted,
    by: supervisor,
    may: 'supervisor system',
    when: handed,
    // Handed out before the system came round to weighing it, it is weighed all the same.
    // And whoever has it is to say so: on the next day of work, since New Year's Day is none.
    event: [
      'assigned',
      {
        handlerId,
        reweighed: { priority: 'P4', score: 0, reasons: {} },
        firstContactBy,
        answerBy: '2026-01-02T11:00:00.000Z',
      },
    ],
    makes: {
      status: 'assigned',
      handlerId,
      priority: 'P4',
      priorityScore: 0,
      due: { 'first-contact': firstContactBy },
    },
    refuses: [['claim/already-assigned', { on: assigned }, { handlerId }]],
  },
  takeOver: {
    on: triage,
    by: desk,
    may: 'desk supervisor',
    when: handed,
    event: ['assigned', { handlerId: otherAgentId }],
    makes: { status: 'assigned', handlerId: otherAgentId },
    refuses: [
      ['claim/no-agent', { by: supervisor }, {}],
      ['claim/already-assigned', { on: assigned, by: { ...supervisor, agentId: handlerId } }, { handlerId }],
    ],
  },
  allot: {
    on: triage,
    by: system,
    now: '2026-02-02T10:00:00.000Z',
    may: 'system',
    when: 'triage',
    event: ['assigned', { handlerId, chosen, answerBy: '2026-02-02T12:00:00.000Z' }],
    makes: {
      status: 'assigned',
      handlerId,
      assignment: { at: '2026-02-02T10:00:00.000Z', by: 'system', chosen, answerBy: '2026-02-02T12:00:00.000Z' },
    },
    // Somebody was quicker.
    refuses: [['claim/not-now', { on: assigned }]],
  },
  acknowledge: {
    on: given,
    by: handler,
    may: 'handler supervisor',
    when: 'assigned',
    event: ['acknowledged', {}],
    makes: { status: 'assigned', assignment: { at, by: 'before', chosen, answeredAt: at } },
    refuses: [['claim/already-answered', { on: assigned }, {}]],
  },
  handBack: {
    on: given,
    by: handler,
    input: { why: 'She is my aunt.' },
    may: 'handler supervisor',
    when: 'assigned',
    event: ['handedBack', { handlerId, cause: 'handed-back', why: 'She is my aunt.' }],
    makes: { status: 'triage', handlerId: undefined, assignment: undefined, passedBy: [handlerId] },
  },
  passOn: {
    on: given,
    by: system,
    now: answerBy,
    may: 'system',
    when: 'assigned',
    event: ['handedBack', { handlerId, cause: 'unanswered' }],
    makes: { status: 'triage', handlerId: undefined, assignment: undefined, passedBy: [handlerId] },
    refuses: [
      ['claim/not-due', { now: '2026-01-01T09:04:59.999Z' }, { answerBy }],
      ['claim/already-answered', { on: assigned }, {}],
      ['claim/already-answered', { input: { handlerId: otherAgentId, cause: 'session-ended' } }, {}],
    ],
  },
  assignAssessor: {
    on: asked,
    by: handler,
    input: { assessorId: idOf(99) },
    may: 'handler supervisor system',
    when: 'triage assigned assessment awaiting_info review',
    event: ['assessorAssigned', { assessorId: idOf(99), was: assessorId }],
    makes: { status: 'assigned', assessorId: idOf(99) },
    refuses: [['claim/already-assigned', { input: { assessorId } }, { assessorId }]],
  },
  startAssessment: {
    on: asked,
    by: assessor,
    input: { assessmentId: idOf(50) },
    may: 'handler supervisor assessor system',
    when: 'triage assigned',
    event: ['assessmentStarted'],
    makes: { status: 'assessment' },
    refuses: [['claim/no-assessor', { on: assigned, by: handler }, {}]],
  },
  sendForReview: {
    on: assigned,
    by: handler,
    now: '2026-02-02T10:00:00.000Z',
    may: 'handler supervisor system',
    when: 'triage assigned assessment',
    event: ['sentForReview', { decideBy: '2026-02-04T10:00:00.000Z' }],
    makes: { status: 'review', due: { decision: '2026-02-04T10:00:00.000Z' } },
  },
  noteNear: {
    on: review,
    by: system,
    input: { target: 'decision' },
    now: '2026-01-06T05:00:00.000Z',
    may: 'system',
    when: reported,
    event: ['slaNear', { target: 'decision', dueAt: '2026-01-06T09:00:00.000Z' }],
    makes: { status: 'review', warned: { decision: '2026-01-06T09:00:00.000Z' } },
    refuses: [
      ['claim/not-due', { now: '2026-01-06T04:59:59.999Z' }, { target: 'decision' }],
      ['claim/not-due', { input: { target: 'triage' } }, { target: 'triage' }],
      [
        'claim/not-due',
        { on: [...review, { type: 'slaNear', data: { target: 'decision', dueAt: '2026-01-06T09:00:00.000Z' } }] },
      ],
    ],
  },
  noteBreach: {
    on: review,
    by: system,
    input: { target: 'decision' },
    now: '2026-01-06T09:00:00.000Z',
    may: 'system',
    when: reported,
    event: ['slaBreached', { target: 'decision', dueAt: '2026-01-06T09:00:00.000Z' }],
    makes: { status: 'review', breaches: { decision: '2026-01-06T09:00:00.000Z' } },
    refuses: [
      ['claim/not-due', { now: '2026-01-06T08:59:59.999Z' }, { target: 'decision' }],
      ['claim/not-due', { input: { target: 'complaint' } }, { target: 'complaint' }],
      [
        'claim/not-due',
        { on: [...review, { type: 'slaBreached', data: { target: 'decision', dueAt: '2026-01-06T09:00:00.000Z' } }] },
      ],
    ],
  },
});
