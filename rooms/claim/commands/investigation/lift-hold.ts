import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text } from '../../../values.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const liftHold = command({
  summary: 'Let the claim be decided and paid again.',
  may: ['investigator', 'supervisor'],
  when: when('liftHold'),
  input: z.strictObject({ why: Text(500).meta({ title: 'Why' }) }),
  decide: ({ paymentHold }, { why }) =>
    paymentHold ? [{ type: 'holdLifted', data: { why } }] : reject('claim/not-held'),
});
