import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Money, Uuid7 } from '../../../values.ts';
import { possibleDuplicateOf } from '../../money/duplicate-payment.ts';
import { PaymentKind } from '../../money/records.ts';
import { notToBePaid } from '../../money/may-pay.ts';
import { Who } from '../../records.ts';
import { lineFields, namedLine } from '../../money/reserves.ts';
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
    const refusal = notToBePaid(claim, { id, payee, amount, kind, name });
    if (refusal) return refusal;
    const paymentId = possibleDuplicateOf(claim, { payee, amount, name }, now);
    if (paymentId !== null && !isNoDuplicate) return reject('claim/possible-duplicate-payment', { paymentId });
    // That it is none, and that a settled line is paid on once more, is for a second person to confirm.
    const isAlone = amount.amount <= by.limits.payment && paymentId === null && kind !== 'supplementary';
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
