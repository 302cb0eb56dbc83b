import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text } from '../../../values.ts';
import { nothingPending } from '../../money/may-undo.ts';
import { firstWeighed } from '../../priority.ts';
import { decideBy } from '../../targets.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const reopen = command({
  summary: 'Take up again a claim that was closed or withdrawn.',
  may: ['supervisor'],
  when: when('reopen'),
  input: z.strictObject({
    reason: z
      .enum(['mistake', 'new-information', 'supplement', 'payment-denied', 'complaint-upheld'])
      .meta({ title: 'Reason' }),
    why: Text(500).meta({ title: 'Why' }),
  }),
  decide(claim, { reason, why }, { now }) {
    const { status, number, priority } = claim;
    if (number === '') return reject('claim/never-sent');
    const by = status === 'closed' && { decideBy: decideBy(now, priority) };
    return nothingPending(claim) ?? [{ type: 'reopened', data: { reason, why, ...by, ...firstWeighed(claim, now) } }];
  },
});
