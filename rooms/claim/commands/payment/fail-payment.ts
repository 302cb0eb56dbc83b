import { z } from 'zod';
import { Text, Uuid7 } from '../../../values.ts';
import { paymentAt } from '../../money/payment-at.ts';
import { notToBeUndone } from '../../money/may-pay.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const failPayment = command({
  summary: 'The bank could not carry it out; its reserve is as before.',
  may: ['handler', 'supervisor', 'system'],
  when: when('failPayment'),
  input: z.strictObject({ paymentId: Uuid7, why: Text(500).meta({ title: 'Why' }) }),
  decide(claim, { paymentId: id, why }) {
    const payment = paymentAt(claim, id, 'issued');
    if ('rejected' in payment) return payment;
    return notToBeUndone(claim, payment) ?? [{ type: 'paymentFailed', data: { id, why } }];
  },
});
