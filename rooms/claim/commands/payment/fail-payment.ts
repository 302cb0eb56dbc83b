import { z } from 'zod';
import { Text, Uuid7 } from '../../../values.ts';
import { paymentAt } from '../../money/payment-at.ts';
import { notToBeUndone } from '../../money/may-undo.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const failPayment = command({
  summary: 'The bank could not carry it out; what it used up of its reserve is open again.',
  may: ['handler', 'supervisor', 'system'],
  when: when('failPayment'),
  input: z.strictObject({ paymentId: Uuid7, why: Text(500).meta({ title: 'Why' }) }),
  decide(claim, { paymentId: id, why }) {
    const payment = paymentAt(claim, id, 'issued');
    if ('rejected' in payment) return payment;
    return notToBeUndone(claim, payment) ?? [{ type: 'paymentFailed', data: { id, why } }];
  },
});
