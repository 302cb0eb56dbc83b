import { z } from 'zod';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const discard = command({
  summary: 'Throw the draft away.',
  may: ['holder', 'desk', 'handler', 'supervisor', 'system'],
  when: when('discard'),
  input: z.strictObject({}),
  decide: () => [{ type: 'discarded', data: {} }],
});
