import { z } from 'zod';
import { Uuid } from '../../../values.ts';
import { handedTo } from '../../handed.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const assign = command({
  summary: 'Hand the claim to an agent.',
  may: ['supervisor', 'system'],
  when: when('assign'),
  input: z.strictObject({ handlerId: Uuid.meta({ title: 'Agent' }) }),
  decide: (claim, { handlerId }, { now }) => handedTo(claim, handlerId, now),
});
