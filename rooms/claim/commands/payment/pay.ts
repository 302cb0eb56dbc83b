import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Money, Uuid7 } from '../../../values.ts';
import { known, notIn, unknownWho } from '../../checks.ts';
import { isWithinAuthority } from '../../money/authority.ts';
import { possibleDuplicateOf } from '../../money/duplicate-payment.ts';
import { PaymentKind } from '../../money/records.ts';
import { notCovered, notToBePaid } from '../../money/may-pay.ts';
import { full } from '../../most.ts';
import { Who } from '../../records.ts';
import { lineFields, lineKey, namedLine } from '../../money/reserves.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const pay = command({
  summary: 'Pay somebody from a reserve line; beyond your authority it waits for somebody else.',
  may: ['handler', 'supervisor'],
  when: when('pay'),
  input: z.strictObject({
    id: Uuid7,
    payee: Who.default('holder').meta({ title: 'To' }),
    amount: Money.meta({ title: 'Amount' }),
    kind: PaymentKind.default('partial').meta({ title: 'Is anything to follow?' }),
    ...lineFields,
    isNoDuplicate: z.boolean().meta({ title: 'It looks like one made before, and is not' }).default(false),
  }),
  decide(claim, { id, payee, amount, kind, isNoDuplicate, ...name }, { by, now }) {
    const line = lineKey(name);
    const refusal =
      known(claim.payments, id, 'claim/payment-exists') ??
      full('payments', Object.keys(claim.payments).length) ??
      notIn(claim, amount) ??
      unknownWho(claim, payee) ??
      (amount.amount === 0 ? reject('claim/nothing-payable') : null) ??
      notToBePaid(claim, { kind, line }, by) ??
      notCovered(claim, { amount, kind, line });
    if (refusal) return refusal;
    const paymentId = possibleDuplicateOf(claim, { payee, amount, name }, now);
    if (paymentId !== null && !isNoDuplicate) return reject('claim/possible-duplicate-payment', { paymentId });
    // That it is none, and that a settled line is paid on once more, is for a second person to confirm.
    const isAlone = isWithinAuthority(claim, amount.amount, by) && paymentId === null && kind !== 'supplementary';
    return [
      {
        type: 'paymentMade',
        data: {
          id,
          payee,
          amount,
          kind,
          ...namedLine(name),
          status: isAlone ? 'approved' : 'pending_approval',
          ...(paymentId !== null && { possibleDuplicateOf: paymentId }),
        },
      },
    ];
  },
});
