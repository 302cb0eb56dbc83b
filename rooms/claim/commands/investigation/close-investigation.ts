import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text } from '../../../values.ts';
import type { Claim } from '../../claim.ts';
import { reweigh } from '../../priority.ts';
import { Disposition } from '../../records.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const closeInvestigation = command({
  summary: 'End the investigation with what was found.',
  may: ['investigator'],
  when: when('closeInvestigation'),
  input: z.strictObject({
    disposition: Disposition.meta({ title: 'What should follow' }),
    findings: Text(4_000).meta({ title: 'What was found' }),
  }),
  decide(claim, outcome, { now }) {
    const { investigation } = claim;
    if (investigation?.status !== 'open') return reject('claim/not-referred');
    const after: Claim = { ...claim, investigation: { ...investigation, status: 'closed' } };
    return [{ type: 'investigationClosed', data: { ...outcome, ...reweigh(claim, after, now) } }];
  },
});
