/** What a claim still lacks for each step: field by field, as a form names them. Refusing is up to the commands. */
import { issuesOf, reject, type Rejection } from '../kit.ts';
import type { Claim } from './claim.ts';
import { openQuestions } from './coverage.ts';
import { Loss, type LossDraft } from './loss.ts';
import { generalLine } from './money/reserves.ts';

/** draft: can be kept. new-loss-complete: can be reported. ready-to-pay: can be paid on. */
export const levels = ['draft', 'new-loss-complete', 'ready-to-pay'] as const;
export type Level = (typeof levels)[number];
export interface Missing {
  readonly path: string;
  readonly message: string;
}

const inDraft = ({ holderId }: Claim): readonly Missing[] =>
  holderId ? [] : [{ path: 'holderId', message: 'say whose claim it is' }];

/** A whole notice of loss, or which of its fields are missing or wrong. */
export const wholeLoss = (loss: LossDraft): Loss | Rejection => {
  const whole = Loss.safeParse(loss);
  if (whole.success) return whole.data;
  return reject('invalid', {
    issues: issuesOf(whole.error).map((issue) => ({ ...issue, path: issue.path ? `loss.${issue.path}` : 'loss' })),
  });
};
const inLoss = (loss: LossDraft): readonly Missing[] => {
  const whole = wholeLoss(loss);
  return 'rejected' in whole ? (whole.details['issues'] as readonly Missing[]) : [];
};

const beforePaying = (claim: Claim): readonly Missing[] => {
  const missing: Missing[] = [];
  const lacks = (path: string, message: string) => void missing.push({ path, message });
  if (!claim.number) lacks('number', 'has not been reported');
  if (claim.handlerId === undefined) lacks('handlerId', 'nobody handles it');
  if (!claim.coverage) lacks('coverage', 'has not been read');
  for (const question of openQuestions(claim.coverage)) lacks('coverage.inQuestion', question);
  if (claim.payable === undefined) lacks('payable', 'no amount has been accepted');
  if ((claim.reserve?.amount ?? 0) === 0) lacks(`reserveLines.${generalLine}`, 'nothing is put aside');
  if (claim.paymentHold) lacks('paymentHold', 'payments are held');
  if (claim.status === 'awaiting_info') lacks('requests', 'information is still asked for');
  const isShared = Object.values(claim.parties).some(({ role }) => role === 'claimant');
  if (isShared && Object.keys(claim.liability).length === 0) lacks('liability', 'has not been split');
  return missing;
};

const at: Readonly<Record<Level, (claim: Claim) => readonly Missing[]>> = {
  draft: inDraft,
  'new-loss-complete': (claim) => [...inDraft(claim), ...inLoss(claim.loss)],
  'ready-to-pay': (claim) => [...inDraft(claim), ...inLoss(claim.loss), ...beforePaying(claim)],
};

export const missing = (claim: Claim, level: Level): readonly Missing[] => at[level](claim);

/** For every level: what is missing, nothing if it is reached. */
export const validate = (claim: Claim): Readonly<Record<Level, readonly Missing[]>> => ({
  draft: missing(claim, 'draft'),
  'new-loss-complete': missing(claim, 'new-loss-complete'),
  'ready-to-pay': missing(claim, 'ready-to-pay'),
});
