import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text } from '../../../values.ts';
import type { Claim } from '../../claim.ts';
import { reweigh } from '../../priority.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const resolveComplaint = command({
  summary: 'Give the final response to a complaint.',
  may: ['supervisor'],
  when: when('resolveComplaint'),
  input: z.strictObject({
    outcome: z.enum(['upheld', 'rejected']).meta({ title: 'Were they right?' }),
    answer: Text(4_000).meta({ title: 'Final response, as the holder will read it' }),
  }),
  decide(claim, response, { now }) {
    const { complaint } = claim;
    if (complaint?.status !== 'open') return reject('claim/no-complaint');
    const after: Claim = { ...claim, complaint: { ...complaint, status: 'resolved' } };
    return [{ type: 'complaintResolved', data: { ...response, ...reweigh(claim, after, now) } }];
  },
});
