import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text, Uuid7 } from '../../../values.ts';
import { unknown } from '../../checks.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const reopenExposure = command({
  summary: 'Take an exposure up again.',
  may: ['handler', 'supervisor'],
  when: when('reopenExposure'),
  input: z.strictObject({ exposureId: Uuid7, why: Text(500).meta({ title: 'Why' }) }),
  decide: (claim, { exposureId: id, why }) =>
    unknown(claim.exposures, id, 'claim/no-such-exposure') ??
    (claim.exposures[id]!.status === 'closed'
      ? [{ type: 'exposureReopened', data: { id, why } }]
      : reject('claim/exposure-open', { id })),
});
