/** What happened to a claim, as those are told who do not work on all of it. Allow-lists: an event without a sentence here is not told. */
import type { Claim } from '../../rooms/claim/claim.ts';
import type { DataOf, Events } from '../../rooms/claim/events.ts';
import { moneyWords, thingsIn } from './claim-words.ts';

/** Null: this one is not for them. `claim` as it stands now. */
export type OutsideWords = {
  readonly [K in keyof Events]?: (
    data: DataOf<K>,
    about: { readonly claim: Claim; readonly bySeat: string },
  ) => string | null;
};

const fieldsOf = (loss: object) => Object.keys(loss).join(', ');

/** As in the holder’s view: a payment is theirs to know once it is approved, unless nothing came of it. */
const shownSteps: ReadonlySet<string> = new Set(['approved', 'issued', 'cleared', 'failed']);
const paid =
  (sentence: (amount: string) => string) =>
  ({ id }: { readonly id: string }, { claim }: { readonly claim: Claim }) => {
    const payment = claim.payments[id];
    return payment?.payee === 'holder' && shownSteps.has(payment.status) ? sentence(moneyWords(payment.amount)) : null;
  };
const asksHolder = ({ requests }: Claim, id: string) => requests[id]?.to === 'holder';

export const wordsForHolder: OutsideWords = {
  draftStarted: () => 'The claim was begun.',
  draftSaved: ({ loss }) => `More was filled in: ${fieldsOf(loss)}.`,
  discarded: () => 'The draft was thrown away.',
  reported: ({ number }) => `The loss was reported. Its number is ${number}.`,
  lossAmended: ({ loss }) => `What happened was told anew: ${fieldsOf(loss)}.`,
  triaged: () => 'The claim is being looked at.',
  assigned: ({ was }) => (was === undefined ? 'Somebody is dealing with the claim.' : null),
  assessmentStarted: () => 'The damage is being assessed.',
  sentForReview: () => 'The claim is being decided.',
  approved: ({ payable }) => `The claim was accepted: ${moneyWords(payable)}.`,
  partiallyApproved: ({ payable, reason, clause }) =>
    `The claim was accepted in part: ${moneyWords(payable)} (${clause}). ${reason}`,
  declined: ({ reason, clause }) => `The claim was declined (${clause}). ${reason}`,
  appealed: () => 'The decision is being looked at again.',
  voided: ({ why }) => `The claim is void. ${why}`,
  withdrawn: ({ reason }) => `The claim was withdrawn. ${reason}`,
  closed: () => 'The claim was closed.',
  reopened: () => 'The claim was opened again.',
  messageSent: ({ from, to }) => (from === 'holder' ? 'You wrote to us.' : to === 'holder' ? 'We wrote to you.' : null),
  informationAsked: ({ to, dueOn, items }) =>
    to === 'holder' ? `We asked you for ${thingsIn(items)} by ${dueOn}.` : null,
  requestAnswered: ({ id }, { claim, bySeat }) =>
    bySeat === 'holder' || asksHolder(claim, id) ? 'What we asked you for came in.' : null,
  requestWaived: ({ id }, { claim }) => (asksHolder(claim, id) ? 'We no longer need what we asked you for.' : null),
  complaintRaised: ({ dueBy }) => `We have your complaint and will answer it by ${dueBy.slice(0, 10)}.`,
  complaintResolved: ({ answer }) => `We answered your complaint. ${answer}`,
  rated: ({ stars }) => `You gave us ${stars} of 5.`,
  paymentMade: ({ id, status }, about) =>
    status === 'approved' ? paid((amount) => `A payment to you of ${amount} was approved.`)({ id }, about) : null,
  paymentApproved: paid((amount) => `A payment to you of ${amount} was approved.`),
  paymentIssued: paid((amount) => `A payment of ${amount} is on its way to you.`),
  paymentCleared: paid((amount) => `A payment of ${amount} has reached you.`),
  paymentFailed: paid((amount) => `A payment of ${amount} did not reach you.`),
};

/** Where it stands, and nothing of what is between us and the holder. */
export const wordsForThirdParty: OutsideWords = {
  reported: () => 'The loss was reported.',
  triaged: () => 'The claim is being looked at.',
  assessmentStarted: () => 'The damage is being assessed.',
  sentForReview: () => 'The claim is being decided.',
  approved: () => 'The claim was accepted.',
  partiallyApproved: () => 'The claim was accepted in part.',
  declined: () => 'The claim was declined.',
  voided: () => 'The claim is void.',
  withdrawn: () => 'The claim was withdrawn.',
  closed: () => 'The claim was closed.',
  reopened: () => 'The claim was opened again.',
};

/** What the field needs: no reserve, payment, suspicion, message or note. */
export const wordsForAssessor: OutsideWords = {
  reported: ({ number }) => `The loss was reported as ${number}.`,
  lossAmended: ({ loss }) => `What happened was told anew: ${fieldsOf(loss)}.`,
  assigned: () => 'The claim was given to a handler.',
  assessorAssigned: () => 'An assessor was named.',
  assessmentStarted: () => 'The damage is being assessed.',
  sentForReview: () => 'The claim is being decided.',
  partyAdded: ({ name, role }) => `${name} was added as ${role}.`,
  vehicleAdded: ({ registration }) => `Vehicle ${registration} was added.`,
  exposureOpened: ({ coverage }) => `Exposure opened: ${coverage}.`,
  exposureClosed: () => 'An exposure was closed.',
  voided: () => 'The claim is void.',
  withdrawn: () => 'The claim was withdrawn.',
  closed: () => 'The claim was closed.',
  reopened: () => 'The claim was opened again.',
};
