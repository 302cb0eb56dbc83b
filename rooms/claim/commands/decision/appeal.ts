import { z } from 'zod';
import { Text } from '../../../values.ts';
import { decideBy } from '../../targets.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const appeal = command({
  summary: 'Take a refusal back to review, because there is something new to look at.',
  may: ['supervisor'],
  when: when('appeal'),
  input: z.strictObject({ why: Text(2_000).meta({ title: 'What is new' }) }),
  decide: ({ priority }, { why }, { now }) => [{ type: 'appealed', data: { why, decideBy: decideBy(now, priority) } }],
});
