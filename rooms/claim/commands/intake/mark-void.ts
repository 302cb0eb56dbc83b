import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text } from '../../../values.ts';
import { nothingPaid } from '../../money/may-undo.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const markVoid = command({
  summary: 'It should never have been a claim: a duplicate of another, or none at all.',
  may: ['supervisor'],
  when: when('markVoid'),
  input: z.strictObject({
    reason: z.enum(['duplicate', 'not-a-claim']).meta({ title: 'Reason' }),
    why: Text(500).meta({ title: 'Why, as the holder will read it' }),
  }),
  decide(claim, { reason, why }) {
    if (reason === 'duplicate' && claim.duplicateOf === undefined) return reject('claim/no-survivor');
    return nothingPaid(claim) ?? [{ type: 'voided', data: { reason, why } }];
  },
});
