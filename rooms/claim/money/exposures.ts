/** What holds of exposures, and what they are worth under the policy. */
import { reject, type Rejection } from '../../kit.ts';
import type { Money } from '../../values.ts';
import { unknown } from '../checks.ts';
import type { Claim } from '../claim.ts';
import type { Exposure } from './records.ts';
import { inClaim, isUnfinished } from '../money.ts';
import { exposureOf } from './reserves.ts';

/** Limit and excess of a coverage. A policy nobody has read forbids none: whether it pays is in question anyway. */
export const exposureTerms = (
  claim: Claim,
  code: string,
): { readonly limit?: Money; readonly excess?: Money } | Rejection => {
  const { coverage, loss } = claim;
  if (!coverage?.policy) return {};
  const { coverages, currency } = coverage.policy;
  // What another currency's limit comes to in the claim's nobody can say here.
  if (currency !== loss.currency) return reject('claim/wrong-currency', { currency: loss.currency, policy: currency });
  if (!Object.hasOwn(coverages, code)) return reject('claim/no-such-coverage', { coverages: Object.keys(coverages) });
  const { limit, excess } = coverages[code]!;
  return { ...(limit !== undefined && { limit: inClaim(claim, limit) }), excess: inClaim(claim, excess) };
};

/** The one that is for the same claimant, coverage and vehicle. */
export const sameExposure = (
  { exposures }: Claim,
  { coverage, claimant, vehicleId }: Pick<Exposure, 'coverage' | 'claimant' | 'vehicleId'>,
): string | undefined =>
  Object.keys(exposures).find((id) => {
    const other = exposures[id]!;
    return other.coverage === coverage && other.claimant === claimant && other.vehicleId === vehicleId;
  });

/** Nothing is put aside for or paid on an exposure that is closed, or that the claim does not have. */
export const closedExposure = ({ exposures }: Claim, id: string | undefined): Rejection | null => {
  if (id === undefined) return null;
  const missing = unknown(exposures, id, 'claim/no-such-exposure');
  return missing ?? (exposures[id]!.status === 'closed' ? reject('claim/exposure-closed', { id }) : null);
};

/** What was closed as paid may be paid on once more; what came to nothing may not. */
export const deniedExposure = ({ exposures }: Claim, id: string | undefined): Rejection | null => {
  const outcome = id === undefined ? undefined : exposures[id]?.outcome;
  return outcome === 'denied' || outcome === 'duplicate' ? reject('claim/exposure-closed', { id }) : null;
};

/** Payments on an exposure about which something is still to be done. */
export const unfinishedOn = ({ payments }: Claim, exposureId: string): readonly string[] =>
  Object.keys(payments).filter((id) => exposureOf(payments[id]!.line) === exposureId && isUnfinished(payments[id]!));
