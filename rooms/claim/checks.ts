/** Small refusals that several commands share. Each gives the refusal, or nothing. */
import { reject, type Rejection } from '../kit.ts';
import type { Money } from '../values.ts';
import type { Claim } from './claim.ts';
import { openQuestions } from './coverage.ts';

export const notIn = (claim: Claim, { currency }: Money): Rejection | null =>
  currency === claim.loss.currency ? null : reject('claim/wrong-currency', { currency: claim.loss.currency });

export const held = ({ paymentHold }: Claim): Rejection | null => (paymentHold ? reject('claim/payments-held') : null);

/** Whether the policy pays at all must be settled before anything is accepted or paid. */
export const coverageInQuestion = ({ coverage }: Claim): Rejection | null => {
  const inQuestion = openQuestions(coverage);
  return inQuestion.length > 0 ? reject('claim/coverage-in-question', { inQuestion }) : null;
};

/** `holder`, or somebody the claim knows. */
export const unknownWho = ({ parties }: Claim, who: string | undefined): Rejection | null =>
  who === undefined || who === 'holder' || Object.hasOwn(parties, who)
    ? null
    : reject('claim/no-such-party', { id: who });

/** Things get their id from whoever makes them, once. */
export const known = (entries: object, id: string, code: string): Rejection | null =>
  Object.hasOwn(entries, id) ? reject(code, { id }) : null;
export const unknown = (entries: object, id: string, code: string): Rejection | null =>
  Object.hasOwn(entries, id) ? null : reject(code, { id });
