/** The payment that stands where it must for what is asked, or why there is none. */
import { reject, type Rejection } from '../../kit.ts';
import type { Claim } from '../claim.ts';
import type { Payment, PaymentStatus } from './records.ts';

export const paymentAt = ({ payments }: Claim, id: string, ...needs: readonly PaymentStatus[]): Payment | Rejection => {
  const payment = Object.hasOwn(payments, id) ? payments[id]! : null;
  if (!payment) return reject('claim/no-such-payment', { id });
  return needs.includes(payment.status)
    ? payment
    : reject('claim/payment-not-now', { id, status: payment.status, needs });
};
