/** Does the policy pay for such a loss? Read as of the day of loss and put in question where it may not; never a reason to refuse a notice. */
import { z } from 'zod';
import type { PolicyAtLoss } from '../facts.ts';
import { Currency } from '../values.ts';
import type { LossDraft } from './loss.ts';

export const Question = z.enum([
  'policy-unknown',
  'not-in-force',
  'peril-not-covered',
  'other-holder',
  'other-currency',
]);
const PolicyRead = z.strictObject({
  number: z.string(),
  version: z.int(),
  currency: z.string(),
  line: z.string(),
  coverages: z.record(
    z.string(),
    z.strictObject({
      name: z.string(),
      perils: z.array(z.string()),
      limit: z.int().nonnegative().nullable(),
      excess: z.int().nonnegative(),
    }),
  ),
  inForce: z.boolean(),
  holderId: z.string(),
  isVulnerable: z.boolean(),
});
/** As it goes into the event: what was read, word for word, so that the decision can be made again. */
export const CoverageRead = z.strictObject({ inQuestion: z.array(Question), policy: PolicyRead.optional() });
export type CoverageRead = z.output<typeof CoverageRead>;

/** As the claim keeps it: the same without null, since views hold none. */
export interface Coverage {
  readonly inQuestion: readonly z.output<typeof Question>[];
  /** Why it pays in spite of what is in question, and who says so. Gone when the loss is told anew. */
  readonly confirmed?: { readonly why: string; readonly by: string; readonly at: string };
  readonly policy?: Omit<z.output<typeof PolicyRead>, 'coverages'> & {
    readonly coverages: Readonly<
      Record<
        string,
        { readonly name: string; readonly perils: readonly string[]; readonly limit?: number; readonly excess: number }
      >
    >;
  };
}

export const readCoverage = (policy: PolicyAtLoss | null, loss: LossDraft, holderId: string): CoverageRead => {
  if (!policy) return { inQuestion: ['policy-unknown'] };
  const { number, version, currency, line, inForce, isVulnerable } = policy;
  const coverages = Object.entries(policy.coverages).map(([code, { name, perils, limit, excess }]) => ({
    code,
    cover: { name, perils: [...perils], limit, excess },
  }));
  const inQuestion: z.output<typeof Question>[] = [];
  if (!inForce) inQuestion.push('not-in-force');
  else if (!coverages.some(({ cover }) => cover.perils.includes(loss.peril ?? '')))
    inQuestion.push('peril-not-covered');
  if (policy.holderId !== holderId) inQuestion.push('other-holder');
  if (currency !== loss.currency) inQuestion.push('other-currency');
  return {
    inQuestion,
    policy: {
      number,
      version,
      currency,
      line,
      inForce,
      holderId: policy.holderId,
      isVulnerable,
      coverages: Object.fromEntries(coverages.map(({ code, cover }) => [code, cover])),
    },
  };
};

/** What is in question and settled by nobody. A claim from before policies were read has no coverage, and no questions. */
export const openQuestions = (coverage: Coverage | undefined): Coverage['inQuestion'] =>
  coverage && !coverage.confirmed ? coverage.inQuestion : [];

export const coverageOf = ({ inQuestion, policy }: CoverageRead): Coverage => ({
  inQuestion,
  ...(policy && {
    policy: {
      ...policy,
      coverages: Object.fromEntries(
        Object.entries(policy.coverages).map(([code, { limit, ...coverage }]) => [
          code,
          { ...coverage, ...(limit !== null && { limit }) },
        ]),
      ),
    },
  }),
});

/** A claim is in the currency of its holder's policy; who reported it may have guessed another. */
export const inCurrencyOf = <L extends LossDraft>(policy: PolicyAtLoss | null, loss: L, holderId: string): L => {
  const currency = Currency.safeParse(policy?.holderId === holderId ? policy.currency : undefined);
  return currency.success && currency.data !== loss.currency ? { ...loss, currency: currency.data } : loss;
};
