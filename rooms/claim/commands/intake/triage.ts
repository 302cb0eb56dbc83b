import { z } from 'zod';
import { weigh } from '../../priority.ts';
import { firstContactBy } from '../../targets.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const triage = command({
  summary: 'Weigh how urgent the loss is.',
  may: ['system'],
  when: when('triage'),
  input: z.strictObject({}),
  decide(claim, _, { now }) {
    const weight = weigh(claim, now);
    const by = firstContactBy(claim.reportedAt ?? now, weight.priority);
    return [{ type: 'triaged', data: { ...weight, firstContactBy: by } }];
  },
});
