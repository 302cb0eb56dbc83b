import { z } from 'zod';
import { Money, Text } from '../../../values.ts';
import { notPayable } from '../../money/payable.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const approve = command({
  summary: 'Accept the claim and fix the amount payable.',
  may: ['handler', 'supervisor'],
  when: when('approve'),
  input: z.strictObject({
    payable: Money.meta({ title: 'Amount payable' }),
    why: Text(2_000).meta({ title: 'What the decision rests on' }).optional(),
  }),
  decide: (claim, { payable, why }, { by }) =>
    notPayable(claim, payable, by) ?? [{ type: 'approved', data: { payable, ...(why !== undefined && { why }) } }],
});
