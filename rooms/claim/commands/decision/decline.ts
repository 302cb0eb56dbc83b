import { z } from 'zod';
import { Text } from '../../../values.ts';
import { held } from '../../checks.ts';
import { ownClaim } from '../../money/authority.ts';
import { nothingPending } from '../../money/may-undo.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const decline = command({
  summary: 'Refuse the claim, naming the policy clause and the reason in plain words.',
  may: ['handler', 'supervisor'],
  when: when('decline'),
  input: z.strictObject({
    reason: Text(2_000).meta({ title: 'Reason, as the holder will read it' }),
    clause: Text(200).meta({ title: 'Policy clause' }),
  }),
  decide: (claim, refusal, { by }) =>
    ownClaim(claim, by) ?? held(claim) ?? nothingPending(claim) ?? [{ type: 'declined', data: refusal }],
});
