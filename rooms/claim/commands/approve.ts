import { z } from 'zod';
import { reject } from '../../kit.ts';
import { Money } from '../../values.ts';
import { command } from './command.ts';

export const approve = command({
  summary: 'Accept the claim and fix the amount payable.',
  may: ['handler', 'supervisor'],
  when: ['assigned'],
  input: z.strictObject({ payable: Money.meta({ title: 'Amount payable' }) }),
  decide(claim, { payable }, { by }) {
    if (payable.currency !== claim.loss.currency)
      return reject('claim/wrong-currency', { currency: claim.loss.currency });
    if (payable.amount === 0) return reject('claim/nothing-payable');
    if (payable.amount > (claim.reserve?.amount ?? 0))
      return reject('claim/over-reserve', { reserve: claim.reserve?.amount ?? 0 });
    if (payable.amount > by.limits.payment) return reject('claim/over-authority', { limit: by.limits.payment });
    return [{ type: 'approved', data: { payable } }];
  },
});
