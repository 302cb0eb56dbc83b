import { z } from 'zod';
import { Text } from '../../../values.ts';
import { decideBy } from '../../targets.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const sendForReview = command({
  summary: 'Everything is known: the claim is ready to be decided.',
  may: ['handler', 'supervisor', 'system'],
  when: when('sendForReview'),
  input: z.strictObject({ why: Text(500).meta({ title: 'What speaks for which decision' }).optional() }),
  decide: ({ priority }, { why }, { now }) => [
    { type: 'sentForReview', data: { decideBy: decideBy(now, priority), ...(why !== undefined && { why }) } },
  ],
});
