import { z } from 'zod';
import { Text, Uuid7 } from '../../../values.ts';
import { paymentAt } from '../../money/payment-at.ts';
import { notToBeUndone } from '../../money/may-undo.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const stopPayment = command({
  summary: 'Stop a payment before it arrives; what it used up of its reserve is open again.',
  may: ['handler', 'supervisor', 'system'],
  when: when('stopPayment'),
  input: z.strictObject({ paymentId: Uuid7, why: Text(500).meta({ title: 'Why' }) }),
  decide(claim, { paymentId: id, why }) {
    const payment = paymentAt(claim, id, 'approved', 'issued');
    if ('rejected' in payment) return payment;
    return notToBeUndone(claim, payment) ?? [{ type: 'paymentStopped', data: { id, why } }];
  },
});
