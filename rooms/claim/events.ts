/** Everything that can happen to a claim. Events are for ever: fields may be added as optional, never changed or taken away. */
import { z } from 'zod';
import { Day, Money, Percent } from '../values.ts';
import { Chosen } from './assignment.ts';
import { Note, Priority, Target } from './claim.ts';
import { CoverageRead, Question } from './coverage.ts';
import { Loss, LossDraft } from './loss.ts';
import { CostCategory, CostType, ExposureOutcome, PaymentKind, RecoveryKind } from './money/records.ts';
import { Channel, Disposition, ItemKind, NewParty, NewVehicle } from './records.ts';

const when = z.string();
const why = z.string();
const Weight = z.strictObject({
  priority: Priority,
  score: z.int().min(0).max(100),
  reasons: z.record(z.string(), z.int()).optional(),
});
/** What somebody did may make the claim more urgent than it was. */
const reweighed = Weight.optional();
/** By id. */
const items = z.record(z.string(), z.strictObject({ kind: ItemKind, text: z.string() }));
const answers = z.record(
  z.string(),
  z.strictObject({ text: z.string().optional(), documentId: z.string().optional() }),
);
/** Which reserve line; without any of it the claim's general indemnity line. */
const line = {
  exposureId: z.string().optional(),
  costType: CostType.optional(),
  costCategory: CostCategory.optional(),
};

const lifecycle = {
  draftStarted: z.strictObject({ holderId: z.string(), loss: LossDraft }),
  draftSaved: z.strictObject({ loss: LossDraft }),
  discarded: z.strictObject({}),
  reported: z.strictObject({
    holderId: z.string(),
    number: z.string(),
    loss: Loss,
    coverage: CoverageRead.optional(),
    possibleDuplicates: z.array(z.string()).optional(),
    catastrophe: z.strictObject({ id: z.string(), name: z.string(), points: z.int() }).optional(),
    triageBy: when.optional(),
  }),
  lossAmended: z.strictObject({
    loss: LossDraft,
    was: LossDraft,
    coverage: CoverageRead,
    possibleDuplicates: z.array(z.string()).optional(),
    why: why.optional(),
    reweighed,
  }),
  triaged: Weight.extend({ firstContactBy: when.optional() }),
  prioritySet: z.strictObject({ priority: Priority, was: Priority.optional(), why }),
  /** With its weight where nobody had weighed it before. */
  assigned: z.strictObject({
    handlerId: z.string(),
    was: z.string().optional(),
    reweighed,
    firstContactBy: when.optional(),
    chosen: Chosen.optional(),
    answerBy: when.optional(),
  }),
  acknowledged: z.strictObject({}),
  /** Nobody handles it any more: it waits for somebody else than `handlerId`. */
  handedBack: z.strictObject({
    handlerId: z.string(),
    cause: z.enum(['handed-back', 'unanswered', 'session-ended']),
    why: why.optional(),
  }),
  assessorAssigned: z.strictObject({ assessorId: z.string(), was: z.string().optional() }),
  assessmentStarted: z.strictObject({ assessmentId: z.string().optional() }),
  sentForReview: z.strictObject({ decideBy: when, why: why.optional() }),
  coverageConfirmed: z.strictObject({ inQuestion: z.array(Question), why }),
  approved: z.strictObject({ payable: Money, why: why.optional() }),
  partiallyApproved: z.strictObject({ payable: Money, reason: z.string(), clause: z.string() }),
  declined: z.strictObject({ reason: z.string(), clause: z.string() }),
  appealed: z.strictObject({ why, decideBy: when }),
  duplicateLinked: z.strictObject({ claimId: z.string() }),
  voided: z.strictObject({ reason: z.enum(['duplicate', 'not-a-claim']), why }),
  withdrawn: z.strictObject({ reason: z.string() }),
  closed: z.strictObject({ why: why.optional() }),
  reopened: z.strictObject({
    reason: z.enum(['mistake', 'new-information', 'supplement', 'payment-denied', 'complaint-upheld']),
    why,
    decideBy: when.optional(),
    reweighed,
  }),
  slaNear: z.strictObject({ target: Target, dueAt: when }),
  slaBreached: z.strictObject({ target: Target, dueAt: when, reweighed }),
};

const correspondence = {
  noteAdded: Note,
  messageSent: z.strictObject({
    id: z.string(),
    from: z.string(),
    to: z.string(),
    text: z.string(),
    channel: Channel,
  }),
  informationAsked: z.strictObject({ id: z.string(), to: z.string(), dueOn: Day, items }),
  /** `decideBy`: until when we are to decide once nothing more is asked of the holder. */
  requestAnswered: z.strictObject({ id: z.string(), answers, decideBy: when.optional() }),
  requestWaived: z.strictObject({ id: z.string(), why, decideBy: when.optional() }),
  requestOverdue: z.strictObject({ id: z.string() }),
  partyAdded: NewParty.extend({ reweighed }),
  partyLinked: z.strictObject({
    id: z.string(),
    customerId: z.string().optional(),
    accountId: z.string().optional(),
  }),
  vehicleAdded: NewVehicle,
  liabilitySet: z.strictObject({ shares: z.record(z.string(), Percent) }),
  complaintRaised: z.strictObject({ text: z.string(), dueBy: when, reweighed }),
  complaintResolved: z.strictObject({ outcome: z.enum(['upheld', 'rejected']), answer: z.string(), reweighed }),
  rated: z.strictObject({ stars: z.int().min(1).max(5), comment: z.string().optional() }),
  referred: z.strictObject({ why, indicators: z.array(z.string()).optional(), reweighed }),
  investigationClosed: z.strictObject({ disposition: Disposition, findings: z.string(), reweighed }),
  paymentsHeld: z.strictObject({ why }),
  holdLifted: z.strictObject({ why }),
};

const money = {
  exposureOpened: z.strictObject({
    id: z.string(),
    coverage: z.string(),
    claimant: z.string(),
    vehicleId: z.string().optional(),
    limit: Money.optional(),
    excess: Money.optional(),
    reweighed,
  }),
  exposureClosed: z.strictObject({ id: z.string(), outcome: ExposureOutcome }),
  exposureReopened: z.strictObject({ id: z.string(), why }),
  /** `reserve` is what the line keeps open from now on. */
  reserveSet: z.strictObject({ reserve: Money, was: Money.optional(), ...line, why: why.optional(), reweighed }),
  reserveAsked: z.strictObject({ reserve: Money, was: Money.optional(), ...line, why: why.optional() }),
  reserveApproved: z.strictObject({ line: z.string(), reserve: Money, was: Money.optional(), reweighed }),
  reserveRefused: z.strictObject({ line: z.string(), why }),
  paymentMade: z.strictObject({
    id: z.string(),
    payee: z.string(),
    amount: Money,
    kind: PaymentKind,
    ...line,
    status: z.enum(['pending_approval', 'approved']),
    possibleDuplicateOf: z.string().optional(),
  }),
  paymentApproved: z.strictObject({ id: z.string() }),
  paymentRefused: z.strictObject({ id: z.string(), why }),
  paymentIssued: z.strictObject({ id: z.string(), reference: z.string().optional() }),
  paymentCleared: z.strictObject({ id: z.string() }),
  paymentStopped: z.strictObject({ id: z.string(), why }),
  paymentVoided: z.strictObject({ id: z.string(), why }),
  paymentFailed: z.strictObject({ id: z.string(), why }),
  recoveryRecorded: z.strictObject({
    id: z.string(),
    kind: RecoveryKind,
    state: z.enum(['expected', 'received', 'written-off']),
    amount: Money,
    partyId: z.string().optional(),
  }),
};

export const events = { ...lifecycle, ...correspondence, ...money };
export type Events = typeof events;
export type DataOf<K extends keyof Events> = z.output<Events[K]>;
