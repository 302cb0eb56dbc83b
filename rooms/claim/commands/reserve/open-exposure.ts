import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text, Uuid7 } from '../../../values.ts';
import { known, unknown, unknownWho } from '../../checks.ts';
import { exposureTerms, sameExposure } from '../../money/exposures.ts';
import { full } from '../../most.ts';
import { reweigh } from '../../priority.ts';
import { Who } from '../../records.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const openExposure = command({
  summary: 'Open what one claimant may get under one coverage, so that it can be reserved and paid by itself.',
  may: ['handler', 'supervisor', 'system'],
  when: when('openExposure'),
  input: z.strictObject({
    id: Uuid7,
    coverage: Text(60).meta({ title: 'Coverage' }),
    claimant: Who.default('holder').meta({ title: 'Whose loss' }),
    vehicleId: Uuid7.meta({ title: 'Vehicle' }).optional(),
  }),
  decide(claim, { id, coverage, claimant, vehicleId }, { now }) {
    const refusal =
      known(claim.exposures, id, 'claim/exposure-exists') ??
      unknownWho(claim, claimant) ??
      (vehicleId === undefined ? null : unknown(claim.vehicles, vehicleId, 'claim/no-such-vehicle')) ??
      full('exposures', Object.keys(claim.exposures).length);
    if (refusal) return refusal;
    const terms = exposureTerms(claim, coverage);
    if ('rejected' in terms) return terms;
    const exposure = { coverage, claimant, ...(vehicleId !== undefined && { vehicleId }), ...terms };
    const same = sameExposure(claim, exposure);
    if (same) return reject('claim/exposure-exists', { id: same });
    const added = { n: 0, status: 'open' as const, ...exposure };
    const after = { ...claim, exposures: { ...claim.exposures, [id]: added } };
    return [{ type: 'exposureOpened', data: { id, ...exposure, ...reweigh(claim, after, now) } }];
  },
});
