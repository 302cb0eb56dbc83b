/** What all sockets of an account may ask together: twenty tabs are not twenty people. */
import type { Limits } from '../limits.ts';
import { createRate } from './rate.ts';
import type { Verb } from './verb.ts';

type Counted = Verb['counts'];

export const createAccountRates = (
  limits: Pick<Limits, 'commandsPerSecondMax' | 'signalsPerSecondMax' | 'rateFactorPerAccount'>,
  now: () => number,
) => {
  const byAccount = new Map<string, Readonly<Record<Counted, ReturnType<typeof createRate>>>>();
  return {
    /** False: it has to wait. */
    take(accountId: string, counts: Counted): boolean {
      let rates = byAccount.get(accountId);
      if (!rates) {
        rates = {
          command: createRate(limits.commandsPerSecondMax * limits.rateFactorPerAccount, now),
          signal: createRate(limits.signalsPerSecondMax * limits.rateFactorPerAccount, now),
        };
        byAccount.set(accountId, rates);
      }
      return rates[counts].take() === 'ok';
    },
    /** Forgets those that have not asked for a while: whoever comes back at once is still the same. */
    sweep() {
      for (const [accountId, { command, signal }] of byAccount)
        if (command.isFull && signal.isFull) byAccount.delete(accountId);
    },
  };
};
