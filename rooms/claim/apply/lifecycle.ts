/** From the notice of a loss to its end: what each event makes of where the claim stands. */
import { passedOn } from '../assignment.ts';
import type { Claim } from '../claim.ts';
import { coverageOf } from '../coverage.ts';
import { letGo } from '../money/reserves.ts';
import { answered } from './answering.ts';
import { type Apply, changed, met, weighed, without } from './apply.ts';
import { allWaived } from './requests.ts';

const due = (claim: Claim, target: keyof Claim['due'], by: string | undefined): Pick<Claim, 'due'> => ({
  due: by === undefined ? claim.due : { ...claim.due, [target]: by },
});
/** It is weighed; now its holder is to hear from us, unless somebody has already spoken to them. */
const triaged = (claim: Claim, firstContactBy: string | undefined): Pick<Claim, 'due'> => {
  const isSpokenTo = Object.values(claim.messages).some(({ to }) => to === 'holder');
  return due({ ...claim, due: met(claim, 'triage') }, 'first-contact', isSpokenTo ? undefined : firstContactBy);
};
/** Nobody is waited for and nothing is put aside any more. */
const ended = (claim: Claim): Claim => {
  const { previousStatus: _, waitingSince: __, ...rest } = claim;
  const requests = allWaived(claim.requests);
  return { ...rest, ...letGo(claim), requests, due: met(claim, 'triage', 'first-contact', 'decision') };
};
const closeAll = (exposures: Claim['exposures'], outcome: 'completed' | 'denied'): Claim['exposures'] =>
  Object.fromEntries(
    Object.entries(exposures).map(([id, exposure]) => [
      id,
      exposure.status === 'closed' ? exposure : { ...exposure, status: 'closed', outcome },
    ]),
  );

export const lifecycle = {
  draftStarted: (claim, { holderId, loss }, stamp) =>
    changed(claim, stamp, { status: 'draft', holderId, loss, openedAt: stamp.at }),
  draftSaved: (claim, { loss }, stamp) => changed(claim, stamp, { loss: { ...claim.loss, ...loss } }),
  discarded: (claim, _, stamp) => changed(claim, stamp, { status: 'withdrawn', isDiscarded: true }),
  reported: (claim, { holderId, number, loss, coverage, possibleDuplicates, catastrophe, triageBy }, stamp) =>
    changed(claim, stamp, {
      status: 'submitted',
      holderId,
      number,
      loss,
      openedAt: claim.openedAt || stamp.at,
      reportedAt: stamp.at,
      ...(coverage && { coverage: coverageOf(coverage) }),
      ...(possibleDuplicates && { possibleDuplicates }),
      ...(catastrophe && { catastrophe }),
      ...due(claim, 'triage', triageBy),
    }),
  lossAmended: (claim, { loss, coverage, possibleDuplicates, reweighed }, stamp) =>
    changed(without(claim, 'possibleDuplicates'), stamp, {
      loss: { ...claim.loss, ...loss },
      coverage: coverageOf(coverage),
      ...(possibleDuplicates && { possibleDuplicates }),
      ...weighed(reweighed),
    }),
  triaged: (claim, { firstContactBy, ...weight }, stamp) =>
    changed(claim, stamp, { status: 'triage', ...weighed(weight), ...triaged(claim, firstContactBy) }),
  prioritySet: (claim, { priority }, stamp) => changed(claim, stamp, { priority, isPrioritySetByHand: true }),
  assigned: (claim, { handlerId, reweighed, firstContactBy, chosen, answerBy }, stamp) =>
    changed(without(claim, 'assignment'), stamp, {
      handlerId,
      ...((chosen || answerBy !== undefined) && {
        assignment: {
          at: stamp.at,
          by: stamp.by.accountId,
          ...(chosen && { chosen }),
          ...(answerBy !== undefined && { answerBy }),
        },
      }),
      ...(claim.status === 'triage' && { status: 'assigned' }),
      ...(claim.status === 'submitted' && { status: 'assigned', ...triaged(claim, firstContactBy) }),
      ...weighed(reweighed),
    }),
  acknowledged: (claim, _, stamp) => changed(answered(claim, stamp), stamp, {}),
  handedBack: (claim, { handlerId }, stamp) =>
    changed(without(claim, 'handlerId', 'assignment'), stamp, {
      status: 'triage',
      passedBy: passedOn(claim, handlerId),
    }),
  assessorAssigned: (claim, { assessorId }, stamp) => changed(claim, stamp, { assessorId }),
  assessmentStarted: (claim, _, stamp) =>
    changed(claim, stamp, { status: 'assessment', assessment: { startedAt: stamp.at } }),
  sentForReview: (claim, { decideBy }, stamp) =>
    changed(claim, stamp, {
      status: 'review',
      ...due(claim, 'decision', decideBy),
      ...(claim.status === 'assessment' &&
        claim.assessment && { assessment: { ...claim.assessment, endedAt: stamp.at } }),
    }),
  coverageConfirmed: (claim, { why }, stamp) =>
    changed(claim, stamp, {
      coverage: { ...claim.coverage!, confirmed: { why, by: stamp.by.accountId, at: stamp.at } },
    }),
  approved: (claim, { payable }, stamp) =>
    changed(without(claim, 'reason', 'clause'), stamp, {
      status: 'approved',
      payable,
      decidedAt: stamp.at,
      due: met(claim, 'decision'),
    }),
  partiallyApproved: (claim, { payable, reason, clause }, stamp) =>
    changed(claim, stamp, {
      status: 'partially_approved',
      payable,
      reason,
      clause,
      decidedAt: stamp.at,
      due: met(claim, 'decision'),
    }),
  declined: (claim, { reason, clause }, stamp) =>
    changed(without(claim, 'payable'), stamp, {
      status: 'denied',
      reason,
      clause,
      decidedAt: stamp.at,
      due: met(claim, 'decision'),
    }),
  appealed: (claim, { decideBy }, stamp) =>
    changed(without(claim, 'decidedAt'), stamp, { status: 'review', ...due(claim, 'decision', decideBy) }),
  duplicateLinked: (claim, { claimId }, stamp) => changed(claim, stamp, { duplicateOf: claimId }),
  voided: (claim, { why }, stamp) => changed(ended(claim), stamp, { status: 'void', reason: why }),
  withdrawn: (claim, { reason }, stamp) =>
    changed(without(ended(claim), 'payable'), stamp, { status: 'withdrawn', reason }),
  closed: (claim, _, stamp) =>
    changed(ended(claim), stamp, {
      status: 'closed',
      closedAt: stamp.at,
      exposures: closeAll(claim.exposures, claim.status === 'denied' ? 'denied' : 'completed'),
    }),
  reopened(claim, { decideBy, reweighed }, stamp) {
    const open = without(claim, 'closedAt', 'reason', 'clause');
    const again = { reopenCount: claim.reopenCount + 1, ...due(claim, 'decision', decideBy), ...weighed(reweighed) };
    return claim.status === 'closed'
      ? changed(open, stamp, { status: 'review', ...again })
      : // Whoever had it may have long been busy with others: it is handed out anew.
        changed(without(open, 'handlerId', 'assignment'), stamp, { status: 'triage', ...again });
  },
  slaNear: (claim, { target, dueAt }, stamp) => changed(claim, stamp, { warned: { ...claim.warned, [target]: dueAt } }),
  slaBreached: (claim, { target, dueAt, reweighed }, stamp) =>
    changed(claim, stamp, { breaches: { ...claim.breaches, [target]: dueAt }, ...weighed(reweighed) }),
} satisfies Partial<Apply>;
