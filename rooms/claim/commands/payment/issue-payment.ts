import { z } from 'zod';
import { Text, Uuid7 } from '../../../values.ts';
import { notToBePaid } from '../../money/may-pay.ts';
import { paymentAt } from '../../money/payment-at.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const issuePayment = command({
  summary: 'Send an approved payment on its way.',
  may: ['handler', 'supervisor', 'system'],
  when: when('issuePayment'),
  input: z.strictObject({ paymentId: Uuid7, reference: Text(140).meta({ title: 'Reference' }).optional() }),
  decide(claim, { paymentId: id, reference }, { by }) {
    const payment = paymentAt(claim, id, 'approved');
    if ('rejected' in payment) return payment;
    const data = { id, ...(reference !== undefined && { reference }) };
    return notToBePaid(claim, payment, by) ?? [{ type: 'paymentIssued', data }];
  },
});
