/** Who works on a claim, and when it goes on to the next desk. */
import { type Act, act, type AssessorView, isMine, type Place, type StaffView } from './act.ts';
import { isLarge } from './deciding.ts';

const opinions = [
  'Damage fits what was told. I would pay.',
  'Two photos missing, the rest is clear.',
  'Repairer and assessor agree on the amount.',
];
const findings = [
  'Seen on site: damage is fresh and fits the account.',
  'Measured and photographed; the repair will take about three days.',
  'Older marks on the left side, not part of this loss.',
];

export const handling = (view: StaffView, place: Place): Act[] => [
  ...answering(view, place),
  ...handing(view, place),
  ...(isMine(view, place) ? assessing(view, place) : []),
];

const answering = ({ assignment }: StaffView, { seat }: Place): Act[] =>
  seat === 'handler' && assignment?.answerBy !== undefined ? [act(6, 'acknowledge', {})] : [];

const handing = ({ status, handlerId }: StaffView, { me, office, seat, dice }: Place): Act[] => {
  const isGone = handlerId !== undefined && !office.agents.includes(handlerId);
  if (status !== 'triage' && !isGone) return [];
  const others = office.agents.filter((id) => id !== handlerId);
  const mayTake = seat === 'desk' && handlerId === undefined && me.agentId !== undefined;
  return [
    ...(others.length > 0 ? [act(8, 'assign', { handlerId: dice.pick(others) })] : []),
    ...(mayTake ? [act(2, 'takeOver', {})] : []),
  ];
};

const assessing = (view: StaffView, { office, dice }: Place): Act[] => {
  const { status, assessorId, payments } = view;
  const review = (weight: number) => act(weight, 'sendForReview', { why: dice.pick(opinions) });
  if (status === 'assessment') return [review(3)];
  if (status !== 'assigned') return [];
  const isUntouched = Object.keys(payments).length === 0;
  return [
    ...(isUntouched ? [act(0.05, 'withdraw', { reason: 'Rang to say it was repaired under warranty.' })] : []),
    ...(isLarge(view) ? inspection(assessorId, office.assessors, dice, review) : []),
  ];
};

const inspection = (
  assessorId: string | undefined,
  assessors: readonly string[],
  dice: Place['dice'],
  review: (weight: number) => Act,
): Act[] => {
  if (assessorId === undefined)
    return assessors.length > 0 ? [act(5, 'assignAssessor', { assessorId: dice.pick(assessors) })] : [review(3)];
  // One of ours begins it alone.
  return assessors.includes(assessorId) ? [] : [act(4, 'startAssessment', {})];
};

/** What the assessor does out there. */
export const inspecting = ({ status }: AssessorView, { newId, dice }: Place): Act[] => {
  if (status === 'assigned') return [act(9, 'startAssessment', {})];
  return status === 'assessment' ? [act(0.8, 'addNote', { id: newId(), text: dice.pick(findings) })] : [];
};
