import { z } from 'zod';
import { priorityOf } from '../priority.ts';
import { command } from './command.ts';

export const triage = command({
  summary: 'Weigh how urgent the loss is.',
  may: ['system'],
  when: ['submitted'],
  input: z.strictObject({}),
  decide: (claim) => [{ type: 'triaged', data: priorityOf(claim.loss) }],
});
