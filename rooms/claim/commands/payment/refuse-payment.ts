import { z } from 'zod';
import { Text, Uuid7 } from '../../../values.ts';
import { overAuthority } from '../../money/authority.ts';
import { paymentAt } from '../../money/payment-at.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const refusePayment = command({
  summary: 'Turn down, or take back, a payment that waits for approval.',
  may: ['handler', 'desk', 'supervisor'],
  when: when('refusePayment'),
  input: z.strictObject({ paymentId: Uuid7, why: Text(500).meta({ title: 'Why' }) }),
  decide(claim, { paymentId: id, why }, { by }) {
    const payment = paymentAt(claim, id, 'pending_approval');
    if ('rejected' in payment) return payment;
    // Taking back is always one's own to do.
    if (payment.by !== by.accountId && payment.amount.amount > by.limits.payment)
      return overAuthority(claim, by.limits.payment);
    return [{ type: 'paymentRefused', data: { id, why } }];
  },
});
