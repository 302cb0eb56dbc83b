import { z } from 'zod';
import { reject } from '../../kit.ts';
import { Money } from '../../values.ts';
import { command } from './command.ts';

export const setReserve = command({
  summary: 'Put money aside for what this claim will cost.',
  may: ['handler', 'supervisor'],
  when: ['triage', 'assigned'],
  input: z.strictObject({ reserve: Money.meta({ title: 'Reserve' }) }),
  decide(claim, { reserve }, { by }) {
    if (reserve.currency !== claim.loss.currency)
      return reject('claim/wrong-currency', { currency: claim.loss.currency });
    if (reserve.amount > by.limits.reserve) return reject('claim/over-authority', { limit: by.limits.reserve });
    if (reserve.amount === claim.reserve?.amount) return reject('claim/unchanged', { field: 'reserve' });
    return [{ type: 'reserveSet', data: claim.reserve ? { reserve, was: claim.reserve } : { reserve } }];
  },
});
