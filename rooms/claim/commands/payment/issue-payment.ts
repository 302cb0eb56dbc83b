import { z } from 'zod';
import { Text, Uuid7 } from '../../../values.ts';
import { held } from '../../checks.ts';
import { paymentAt } from '../../money/payment-at.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const issuePayment = command({
  summary: 'Send an approved payment on its way.',
  may: ['handler', 'supervisor', 'system'],
  when: when('issuePayment'),
  input: z.strictObject({ paymentId: Uuid7, reference: Text(140).meta({ title: 'Reference' }).optional() }),
  decide(claim, { paymentId: id, reference }) {
    const payment = paymentAt(claim, id, 'approved');
    if ('rejected' in payment) return payment;
    return held(claim) ?? [{ type: 'paymentIssued', data: { id, ...(reference !== undefined && { reference }) } }];
  },
});
