import { z } from 'zod';
import { Uuid7 } from '../../../values.ts';
import { paymentAt } from '../../money/payment-at.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const clearPayment = command({
  summary: 'The payment has arrived.',
  may: ['handler', 'supervisor', 'system'],
  when: when('clearPayment'),
  input: z.strictObject({ paymentId: Uuid7 }),
  decide(claim, { paymentId: id }) {
    const payment = paymentAt(claim, id, 'issued');
    return 'rejected' in payment ? payment : [{ type: 'paymentCleared', data: { id } }];
  },
});
