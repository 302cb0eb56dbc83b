import { z } from 'zod';
import { Text } from '../../values.ts';
import { command } from './command.ts';

export const withdraw = command({
  summary: 'Take the claim back; nothing will be paid.',
  may: ['holder', 'handler', 'supervisor', 'system'],
  when: ['draft', 'submitted', 'triage', 'assigned'],
  input: z.strictObject({ reason: Text(500).meta({ title: 'Reason' }) }),
  decide: (_, { reason }) => [{ type: 'withdrawn', data: { reason } }],
});
