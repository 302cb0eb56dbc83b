/** What the assessor sees: what the field needs. No reserve, payment, suspicion or note; of money only the excess to collect. */
import type { Claim } from '../claim.ts';
import { labels } from './wording.ts';

export const assessor = (claim: Claim) => {
  const { status, number, holderId, handlerId, assessorId, loss, vehicles, openedAt, changedAt } = claim;
  return {
    status,
    label: labels[status],
    number,
    holderId,
    ...(handlerId !== undefined && { handlerId }),
    ...(assessorId !== undefined && { assessorId }),
    loss,
    vehicles,
    // Whom to meet and to ring, nothing of who they are to us.
    parties: Object.fromEntries(
      Object.entries(claim.parties).map(([id, { n, role, name, phone }]) => [
        id,
        { n, role, name, ...(phone !== undefined && { phone }) },
      ]),
    ),
    exposures: Object.fromEntries(
      Object.entries(claim.exposures).map(([id, { n, coverage, claimant, vehicleId, status: at, excess }]) => [
        id,
        {
          n,
          coverage,
          claimant,
          status: at,
          ...(vehicleId !== undefined && { vehicleId }),
          ...(excess && { excess }),
        },
      ]),
    ),
    openedAt,
    changedAt,
  };
};
