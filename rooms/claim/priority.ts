/** How urgent a claim is: a sum of reasons, each with its points, capped at 100. Weights and bands are the product's, configurable later. */
import { msBetween } from '../calendar.ts';
import type { Claim, Priority } from './claim.ts';

interface Rule {
  readonly reason: string;
  readonly points: number | ((claim: Claim) => number);
  readonly applies: (claim: Claim) => boolean;
}
/** Minor units. */
const large = 1_000_000;
const small = 150_000;

const rules: readonly Rule[] = [
  { reason: 'injury', points: 40, applies: ({ loss }) => loss.isInjury === true },
  { reason: 'not-drivable', points: 25, applies: ({ loss }) => loss.isDrivable === false },
  { reason: 'vulnerable', points: 20, applies: (claim) => isVulnerable(claim) },
  { reason: 'complaint', points: 20, applies: ({ complaint }) => complaint?.status === 'open' },
  { reason: 'third-party', points: 15, applies: (claim) => hasThirdParty(claim) },
  {
    reason: 'child-or-airbag',
    points: 15,
    applies: ({ loss }) => loss.isChildInvolved === true || loss.isAirbagDeployed === true,
  },
  { reason: 'theft', points: 15, applies: ({ loss }) => loss.peril === 'theft' },
  { reason: 'hire', points: 10, applies: ({ loss }) => loss.needsHire === true },
  {
    reason: 'catastrophe',
    // What was declared says itself how urgent its claims are.
    points: ({ catastrophe }) => catastrophe?.points ?? 10,
    applies: ({ loss, catastrophe }) =>
      catastrophe !== undefined || loss.isCatastrophe === true || loss.peril === 'storm',
  },
  { reason: 'large-reserve', points: 10, applies: ({ reserve }) => (reserve?.amount ?? 0) > large },
  { reason: 'fast-track', points: -10, applies: (claim) => isFastTrack(claim) },
];

/** What somebody else's policy says is about somebody else. */
const isVulnerable = ({ coverage, holderId }: Claim): boolean =>
  coverage?.policy?.isVulnerable === true && coverage.policy.holderId === holderId;

const hasThirdParty = ({ loss, parties, exposures }: Claim): boolean =>
  loss.isThirdPartyInvolved === true ||
  Object.values(parties).some(({ role }) => role === 'claimant') ||
  Object.values(exposures).some(({ claimant }) => claimant !== 'holder');

/** Glass, small, nobody else involved and nothing looked into: it goes through by itself. */
const isFastTrack = (claim: Claim): boolean =>
  claim.loss.peril === 'glass' &&
  (claim.reserve?.amount ?? 0) < small &&
  !hasThirdParty(claim) &&
  claim.investigation?.status !== 'open';

/** For each whole day beyond the time by which it should have been decided. */
const pointsPerDayLate = 5;
const lateness = ({ due }: Claim, now: string): number =>
  due.decision === undefined
    ? 0
    : Math.max(0, Math.floor(msBetween(due.decision, now) / 86_400_000)) * pointsPerDayLate;

export interface Weight {
  readonly priority: Priority;
  readonly score: number;
  /** Points by rule. */
  readonly reasons: Record<string, number>;
}

export const weigh = (claim: Claim, now: string): Weight => {
  const reasons: Record<string, number> = {};
  for (const { reason, points, applies } of rules)
    if (applies(claim)) reasons[reason] = typeof points === 'number' ? points : points(claim);
  const late = lateness(claim, now);
  if (late > 0) reasons['late'] = late;
  const sum = Object.values(reasons).reduce((total, points) => total + points, 0);
  const priority = sum >= 70 ? 'P1' : sum >= 45 ? 'P2' : sum >= 20 ? 'P3' : 'P4';
  return { priority, score: Math.max(0, Math.min(sum, 100)), reasons };
};

/** For the event that takes a claim past triage: its weight, if nobody has weighed it. */
export const firstWeighed = (claim: Claim, now: string): { readonly reweighed?: Weight } =>
  claim.priority === undefined ? { reweighed: weigh(claim, now) } : {};

/** For the event of whatever made the claim `after`: its new weight, if that is another. What somebody set by hand stays. */
export const reweigh = (before: Claim, after: Claim, now: string): { readonly reweighed?: Weight } => {
  if (before.priorityScore === undefined || before.isPrioritySetByHand) return {};
  const weight = weigh(after, now);
  return weight.score === before.priorityScore ? {} : { reweighed: weight };
};
