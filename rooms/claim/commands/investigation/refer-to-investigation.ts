import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text } from '../../../values.ts';
import type { Claim } from '../../claim.ts';
import { reweigh } from '../../priority.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const referToInvestigation = command({
  summary: 'Have the claim looked into, naming what it was that met the criteria.',
  may: ['handler', 'desk', 'supervisor', 'investigator', 'system'],
  when: when('referToInvestigation'),
  input: z.strictObject({
    why: Text(2_000).meta({ title: 'Why' }),
    indicators: z.array(Text(60)).max(40).meta({ title: 'Indicators' }).optional(),
  }),
  decide(claim, { why, indicators }, { by, now }) {
    if (claim.investigation?.status === 'open') return reject('claim/already-referred');
    const after: Claim = { ...claim, investigation: { status: 'open', reason: why, by: by.accountId, at: now } };
    return [{ type: 'referred', data: { why, ...(indicators && { indicators }), ...reweigh(claim, after, now) } }];
  },
});
