import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Uuid7 } from '../../../values.ts';
import { beyondAuthority } from '../../money/authority.ts';
import { notCovered, notToBePaid } from '../../money/may-pay.ts';
import { paymentAt } from '../../money/payment-at.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const approvePayment = command({
  summary: 'Agree to a payment somebody else has asked for.',
  may: ['handler', 'desk', 'supervisor'],
  when: when('approvePayment'),
  input: z.strictObject({ paymentId: Uuid7 }),
  decide(claim, { paymentId: id }, { by }) {
    const payment = paymentAt(claim, id, 'pending_approval');
    if ('rejected' in payment) return payment;
    if (payment.by === by.accountId) return reject('claim/own-request');
    return (
      beyondAuthority(claim, payment.amount.amount, by) ??
      notToBePaid(claim, payment, by) ??
      notCovered(claim, payment, id) ?? [{ type: 'paymentApproved', data: { id } }]
    );
  },
});
