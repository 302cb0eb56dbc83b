import { z } from 'zod';
import { Money, Text } from '../../../values.ts';
import { notPayable } from '../../money/payable.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const approvePartially = command({
  summary: 'Accept part of the claim, naming the policy clause and the reason for the rest in plain words.',
  may: ['handler', 'supervisor'],
  when: when('approvePartially'),
  input: z.strictObject({
    payable: Money.meta({ title: 'Amount payable' }),
    reason: Text(2_000).meta({ title: 'Reason, as the holder will read it' }),
    clause: Text(200).meta({ title: 'Policy clause' }),
  }),
  decide: (claim, { payable, reason, clause }, { by }) =>
    notPayable(claim, payable, by) ?? [{ type: 'partiallyApproved', data: { payable, reason, clause } }],
});
