import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text } from '../../../values.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const holdPayments = command({
  summary: 'Let nothing be decided or paid for now.',
  may: ['investigator', 'supervisor', 'system'],
  when: when('holdPayments'),
  input: z.strictObject({ why: Text(500).meta({ title: 'Why' }) }),
  decide: ({ paymentHold }, { why }) =>
    paymentHold ? reject('claim/held-already') : [{ type: 'paymentsHeld', data: { why } }],
});
