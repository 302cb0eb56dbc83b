/** What happened to a claim, in a sentence for those who work on it. Every event has one: without it this does not compile. */
import type { Chosen } from '../../rooms/claim/assignment.ts';
import type { DataOf, Events } from '../../rooms/claim/events.ts';
import type { Money } from '../../rooms/values.ts';

/** What people and parties of the claim are called. */
export interface Called {
  /** `holder`, `us` or the id of a party. */
  who(id: string): string;
  agent(id: string): string;
}
export type Words = { readonly [K in keyof Events]: (data: DataOf<K>, called: Called) => string };

export const moneyWords = ({ amount, currency }: Money): string =>
  `${(amount / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })} ${currency}`;
const because = (why: string | undefined) => (why === undefined ? '.' : `: ${why}`);
const was = (before: Money | undefined) => (before ? `, was ${moneyWords(before)}` : '');
const fieldsOf = (loss: object) => Object.keys(loss).join(', ');
const spaced = (code: string) => code.replaceAll(/[-_]/g, ' ');
/** Several things that were asked for. */
export const thingsIn = (things: object): string => {
  const count = Object.keys(things).length;
  return count === 1 ? 'one thing' : `${count} things`;
};
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const lineOf = ({ costType, costCategory }: { costType?: string | undefined; costCategory?: string | undefined }) =>
  costType || costCategory ? ` for ${[costType, costCategory].filter(Boolean).join(', ')}` : '';

const chosenWords = ({ by, skills, area, inHand, capacity, among }: Chosen) =>
  by === 'pull'
    ? 'took the next of the queue'
    : [
        skills.length > 0 ? `knows ${skills.join(' and ')}` : null,
        area === undefined ? null : `works in ${area}`,
        `has ${inHand} of ${capacity} claims`,
        among > 1 ? `best of ${among}` : null,
      ]
        .filter(Boolean)
        .join(', ');

const words: Words = {
  draftStarted: () => 'A claim was begun.',
  draftSaved: ({ loss }) => `More was filled in: ${fieldsOf(loss)}.`,
  discarded: () => 'The draft was thrown away.',
  reported: ({ number }) => `The loss was reported as ${number}.`,
  lossAmended: ({ loss, why }) => `What happened was told anew (${fieldsOf(loss)})${because(why)}`,
  triaged: ({ priority, score }) => `Weighed as ${priority}, ${score} points.`,
  prioritySet: ({ priority, was: before, why }) =>
    `Priority set to ${priority}${before ? `, was ${before}` : ''}${because(why)}`,
  assigned: ({ handlerId, was: before, chosen }, { agent }) =>
    `Given to ${agent(handlerId)}${before ? `, was with ${agent(before)}` : ''}${chosen ? `: ${chosenWords(chosen)}` : ''}.`,
  acknowledged: () => 'The handler has it in hand.',
  handedBack: ({ handlerId, cause, why }, { agent }) =>
    `Taken back from ${agent(handlerId)}: ${cause === 'handed-back' ? (why ?? 'handed back') : spaced(cause)}.`,
  assessorAssigned: ({ assessorId }, { agent }) => `${agent(assessorId)} is to assess the damage.`,
  assessmentStarted: () => 'The damage is being assessed.',
  sentForReview: ({ why }) => `Ready for a decision${because(why)}`,
  coverageConfirmed: ({ inQuestion, why }) => `It pays all the same (${inQuestion.map(spaced).join(', ')}): ${why}`,
  approved: ({ payable, why }) => `Accepted, ${moneyWords(payable)}${because(why)}`,
  partiallyApproved: ({ payable, reason, clause }) => `Accepted in part, ${moneyWords(payable)} (${clause}): ${reason}`,
  declined: ({ reason, clause }) => `Declined (${clause}): ${reason}`,
  appealed: ({ why }) => `The refusal was appealed against: ${why}`,
  duplicateLinked: ({ claimId }) => `Marked as a duplicate of claim ${claimId}.`,
  voided: ({ reason, why }) => `Made void (${spaced(reason)}): ${why}`,
  withdrawn: ({ reason }) => `Withdrawn: ${reason}`,
  closed: ({ why }) => `Closed${because(why)}`,
  reopened: ({ reason, why }) => `Opened again (${spaced(reason)}): ${why}`,
  slaNear: ({ target, dueAt }) => `To be done by ${dueAt}: ${spaced(target)}.`,
  slaBreached: ({ target, dueAt }) => `Not done by ${dueAt}: ${spaced(target)}.`,
  noteAdded: () => 'A note was written.',
  messageSent: ({ from, to, channel }, { who }) => `Message from ${who(from)} to ${who(to)} by ${channel}.`,
  informationAsked: ({ to, dueOn, items }, { who }) => `${capital(thingsIn(items))} asked of ${who(to)} by ${dueOn}.`,
  requestAnswered: ({ answers }) => `${capital(thingsIn(answers))} asked for came in.`,
  requestWaived: ({ why }) => `A request was waived: ${why}`,
  requestOverdue: () => 'A request was not answered in time.',
  partyAdded: ({ name, role }) => `${name} was added as ${role}.`,
  partyLinked: ({ id }, { who }) => `${who(id)} was given access.`,
  vehicleAdded: ({ registration }) => `Vehicle ${registration} was added.`,
  liabilitySet: ({ shares }, { who }) =>
    `Liability split: ${Object.entries(shares)
      .map(([id, percent]) => `${who(id)} ${percent} %`)
      .join(', ')}.`,
  complaintRaised: ({ dueBy }) => `A complaint was raised, to be answered by ${dueBy}.`,
  complaintResolved: ({ outcome }) => `The complaint was ${outcome}.`,
  rated: ({ stars }) => `Rated ${stars} of 5 by the holder.`,
  referred: ({ why }) => `Referred to investigation: ${why}`,
  investigationClosed: ({ disposition }) => `The investigation ended: ${spaced(disposition)}.`,
  paymentsHeld: ({ why }) => `Payments were held: ${why}`,
  holdLifted: ({ why }) => `Payments may go on: ${why}`,
  exposureOpened: ({ coverage, claimant }, { who }) => `Exposure opened: ${coverage}, ${who(claimant)}.`,
  exposureClosed: ({ outcome }) => `An exposure was closed: ${outcome}.`,
  exposureReopened: ({ why }) => `An exposure was opened again: ${why}`,
  reserveSet: ({ reserve, was: before, why, ...line }) =>
    `Reserve set to ${moneyWords(reserve)}${was(before)}${lineOf(line)}${because(why)}`,
  reserveAsked: ({ reserve, was: before, why, ...line }) =>
    `A reserve of ${moneyWords(reserve)}${was(before)}${lineOf(line)} waits for approval${because(why)}`,
  reserveApproved: ({ reserve, was: before }) => `Reserve approved: ${moneyWords(reserve)}${was(before)}.`,
  reserveRefused: ({ why }) => `A reserve was not approved: ${why}`,
  paymentMade: ({ amount, payee, kind, status }, { who }) =>
    `${capital(kind)} payment of ${moneyWords(amount)} to ${who(payee)}, ${spaced(status)}.`,
  paymentApproved: () => 'A payment was approved.',
  paymentRefused: ({ why }) => `A payment was not approved: ${why}`,
  paymentIssued: ({ reference }) => `A payment was sent${reference === undefined ? '' : ` (${reference})`}.`,
  paymentCleared: () => 'A payment has arrived.',
  paymentStopped: ({ why }) => `A payment was stopped: ${why}`,
  paymentVoided: ({ why }) => `A payment was made void: ${why}`,
  paymentFailed: ({ why }) => `A payment failed: ${why}`,
  recoveryRecorded: ({ kind, state, amount }) => `Recovery by ${kind}: ${moneyWords(amount)} ${spaced(state)}.`,
};

/** What was suspected, and what came of it, is the investigators’; others see that it is so and not why. */
const withoutSuspicion: Partial<Words> = {
  referred: () => 'Referred to investigation.',
  investigationClosed: () => 'The investigation ended.',
  paymentsHeld: () => 'Payments were held.',
  holdLifted: () => 'Payments may go on.',
};
/** Nor who it was that suspected. */
export const suspicions: readonly string[] = Object.keys(withoutSuspicion);

export const wordsForAll: Words = words;
export const wordsForStaff: Words = { ...words, ...withoutSuspicion };
