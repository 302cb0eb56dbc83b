/** What holds of exposures, and what they are worth under the policy. */
import { reject, type Rejection } from '../../kit.ts';
import type { Money } from '../../values.ts';
import { unknown } from '../checks.ts';
import type { Claim } from '../claim.ts';
import type { Exposure } from './records.ts';
import { isUnfinished } from '../money.ts';
import { exposureOf } from './reserves.ts';

/** Limit and excess of a coverage. A policy nobody has read forbids none: whether it pays is in question anyway. */
export const exposureTerms = (
  { coverage, loss }: Claim,
  code: string,
): { readonly limit?: Money; readonly excess?: Money } | Rejection => {
  if (!coverage?.policy) return {};
  const { coverages } = coverage.policy;
  if (!Object.hasOwn(coverages, code)) return reject('claim/no-such-coverage', { coverages: Object.keys(coverages) });
  const { limit, excess } = coverages[code]!;
  const currency = loss.currency!;
  return { ...(limit !== undefined && { limit: { amount: limit, currency } }), excess: { amount: excess, currency } };
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

/** Payments on an exposure about which something is still to be done. */
export const unfinishedOn = ({ payments }: Claim, exposureId: string): readonly string[] =>
  Object.keys(payments).filter((id) => exposureOf(payments[id]!.line) === exposureId && isUnfinished(payments[id]!));
