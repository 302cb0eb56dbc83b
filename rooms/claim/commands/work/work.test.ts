/** Who works on the claim, and on to the decision. */
import { assessorId, callers, claimsByStatus, handlerId, idOf, otherAgentId } from '../../fake-claims.ts';
import { reported, testCommands, worked } from '../../fake-rows.ts';

const { handler, supervisor, system, desk, assessor } = callers;
const { submitted, triage, assigned, review } = claimsByStatus;
const handed = `submitted ${worked} denied`;
const firstContactBy = '2026-01-02T13:00:00.000Z';
const asked = [...assigned, { type: 'assessorAssigned', data: { assessorId } }] as const;

testCommands(import.meta.dirname, {
  assign: {
    on: submitted,
    by: supervisor,
    may: 'supervisor system',
    when: handed,
    // Handed out before the system came round to weighing it, it is weighed all the same.
    event: ['assigned', { handlerId, reweighed: { priority: 'P4', score: 0, reasons: {} }, firstContactBy }],
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
