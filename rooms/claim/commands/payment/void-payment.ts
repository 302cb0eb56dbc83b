import { z } from 'zod';
import { Text, Uuid7 } from '../../../values.ts';
import { paymentAt } from '../../money/payment-at.ts';
import { notToBeUndone } from '../../money/may-undo.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const voidPayment = command({
  summary: 'Undo a payment on its way that should not have been made. What has arrived comes back as a recovery.',
  may: ['supervisor', 'system'],
  when: when('voidPayment'),
  input: z.strictObject({ paymentId: Uuid7, why: Text(500).meta({ title: 'Why' }) }),
  decide(claim, { paymentId: id, why }) {
    const payment = paymentAt(claim, id, 'issued');
    if ('rejected' in payment) return payment;
    return notToBeUndone(claim, payment) ?? [{ type: 'paymentVoided', data: { id, why } }];
  },
});
