import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text } from '../../../values.ts';
import { appealUntil } from '../../targets.ts';
import { when } from '../../transitions.ts';
import { unfinished } from '../../unfinished.ts';
import { command } from '../command.ts';

export const close = command({
  summary: 'Close the claim: what was accepted is paid, or a refusal stands. If less is paid, say why.',
  may: ['handler', 'supervisor', 'system'],
  when: when('close'),
  input: z.strictObject({ why: Text(500).meta({ title: 'Why' }).optional() }),
  decide(claim, { why }, { now }) {
    // That not all of it was paid may be right; then the file says why.
    const unmet = unfinished(claim).filter(({ guard }) => guard !== 'unpaid' || why === undefined);
    if (unmet.length > 0) return reject('claim/unfinished', { unmet });
    const until = claim.status === 'denied' && claim.decidedAt !== undefined ? appealUntil(claim.decidedAt) : '';
    if (now < until) return reject('claim/appeal-open', { until });
    return [{ type: 'closed', data: why === undefined ? {} : { why } }];
  },
});
