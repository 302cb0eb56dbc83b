/** The payment that this one may be by mistake: same payee, amount and exposure, not long ago. */
import { addDays } from '../../calendar.ts';
import type { Money } from '../../values.ts';
import type { Claim } from '../claim.ts';
import { mayHaveLeft } from '../money.ts';
import { exposureOf, lineKey, type LineName } from './reserves.ts';
import { duplicatePaymentDays } from '../targets.ts';

export const possibleDuplicateOf = (
  { payments }: Claim,
  made: { readonly payee: string; readonly amount: Money; readonly name: LineName },
  now: string,
): string | null => {
  const since = addDays(now, -duplicatePaymentDays);
  const exposure = exposureOf(lineKey(made.name));
  const id = Object.keys(payments).find((each) => {
    const payment = payments[each]!;
    return (
      payment.payee === made.payee &&
      payment.amount.amount === made.amount.amount &&
      exposureOf(payment.line) === exposure &&
      payment.at >= since &&
      (mayHaveLeft(payment) || payment.status === 'pending_approval')
    );
  });
  return id ?? null;
};
