import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Uuid, Uuid7 } from '../../../values.ts';
import { unknown } from '../../checks.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const linkParty = command({
  summary: 'Say which account or customer a party is, so that they may look in; whoever it was before no longer may.',
  may: ['handler', 'supervisor', 'system'],
  when: when('linkParty'),
  input: z.strictObject({
    partyId: Uuid7,
    customerId: Uuid.meta({ title: 'Customer' }).optional(),
    accountId: Uuid.meta({ title: 'Account' }).optional(),
  }),
  decide(claim, { partyId: id, customerId, accountId }) {
    if (customerId === undefined && accountId === undefined)
      return reject('invalid', { issues: [{ path: 'accountId', message: 'an account or a customer' }] });
    return (
      unknown(claim.parties, id, 'claim/no-such-party') ?? [
        {
          type: 'partyLinked',
          data: {
            id,
            ...(customerId !== undefined && { customerId }),
            ...(accountId !== undefined && { accountId }),
          },
        },
      ]
    );
  },
});
