import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text } from '../../../values.ts';
import { nothingPaid } from '../../money/may-undo.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const withdraw = command({
  summary: 'Take the claim back; nothing will be paid.',
  may: ['holder', 'handler', 'supervisor', 'system'],
  when: when('withdraw'),
  input: z.strictObject({ reason: Text(500).meta({ title: 'Reason' }) }),
  decide(claim, { reason }, { seat }) {
    const paid = nothingPaid(claim);
    // Which payments, and to whom, is not for holders to find out.
    if (paid) return seat === 'holder' ? reject(paid.rejected) : paid;
    return [{ type: 'withdrawn', data: { reason } }];
  },
});
