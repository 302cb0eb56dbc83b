import { z } from 'zod';
import { Text } from '../../../values.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const handBack = command({
  summary: 'Give the claim back to the queue, for somebody else to take.',
  may: ['handler', 'supervisor'],
  when: when('handBack'),
  input: z.strictObject({ why: Text(500).meta({ title: 'Why' }) }),
  // At this status somebody handles it.
  decide: ({ handlerId }, { why }) => [
    { type: 'handedBack', data: { handlerId: handlerId!, cause: 'handed-back', why } },
  ],
});
