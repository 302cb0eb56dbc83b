import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Uuid7 } from '../../../values.ts';
import { unknown } from '../../checks.ts';
import { unfinishedOn } from '../../money/exposures.ts';
import { ExposureOutcome } from '../../money/records.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const closeExposure = command({
  summary: 'Close an exposure; what it still holds in reserve is let go.',
  may: ['handler', 'supervisor', 'system'],
  when: when('closeExposure'),
  input: z.strictObject({ exposureId: Uuid7, outcome: ExposureOutcome.meta({ title: 'How it ended' }) }),
  decide(claim, { exposureId: id, outcome }) {
    const unfinished = unfinishedOn(claim, id);
    return (
      unknown(claim.exposures, id, 'claim/no-such-exposure') ??
      (claim.exposures[id]!.status === 'closed' ? reject('claim/exposure-closed', { id }) : null) ??
      (unfinished.length > 0
        ? reject('claim/unfinished', { unmet: [{ guard: 'unfinished-payments', ids: unfinished }] })
        : [{ type: 'exposureClosed', data: { id, outcome } }])
    );
  },
});
