/** What a payment does to the claim as it goes from asked for to approved, issued, cleared, or comes to nothing. */
import type { Claim } from '../claim.ts';
import type { Payment } from './records.ts';
import { counts } from '../money.ts';
import { eroded, lineAt, restored } from './reserves.ts';

type Change = Partial<Claim>;

/** A supplementary payment comes after the line was settled, so there is nothing to use up. */
const erodes = ({ kind }: Pick<Payment, 'kind'>) => kind !== 'supplementary';

const withPayment = (claim: Claim, id: string, payment: Payment): Pick<Claim, 'payments'> => ({
  payments: { ...claim.payments, [id]: payment },
});

/** It counts from now on: the line pays for it, and gives the rest back if it was the last. */
export const counted = (claim: Claim, id: string, payment: Payment): Change => {
  if (!erodes(payment)) return withPayment(claim, id, payment);
  const { amount, line, kind } = payment;
  const rest = kind === 'final' ? claim.reserveLines[line]!.open.amount - amount.amount : 0;
  return { ...withPayment(claim, id, payment), ...eroded(claim, line, amount, rest) };
};

/** It came to nothing; if it counted, its line has back what it had paid. */
export const undone = (claim: Claim, id: string, status: Payment['status'], reason: string): Change => {
  const payment = claim.payments[id]!;
  const paid = withPayment(claim, id, { ...payment, status, reason });
  return counts(payment) && erodes(payment) ? { ...paid, ...restored(claim, payment.line, payment.amount) } : paid;
};

export const moved = (claim: Claim, id: string, change: Partial<Payment>): Change =>
  withPayment(claim, id, { ...claim.payments[id]!, ...change });

/** What is left on a line beside the payments that wait for approval on it. */
export const availableOn = ({ reserveLines, payments }: Claim, line: string, except?: string): number => {
  const pending = Object.entries(payments)
    .filter(([id, payment]) => id !== except && payment.line === line && payment.status === 'pending_approval')
    .filter(([, payment]) => erodes(payment))
    .reduce((sum, [, { amount }]) => sum + amount.amount, 0);
  return (lineAt(reserveLines, line)?.open.amount ?? 0) - pending;
};
