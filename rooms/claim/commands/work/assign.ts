import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Uuid } from '../../../values.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const assign = command({
  summary: 'Hand the claim to an agent.',
  may: ['supervisor', 'system'],
  when: when('assign'),
  input: z.strictObject({ handlerId: Uuid.meta({ title: 'Agent' }) }),
  decide(claim, { handlerId }) {
    const { handlerId: was } = claim;
    if (was === handlerId) return reject('claim/already-assigned', { handlerId });
    return [{ type: 'assigned', data: { handlerId, ...(was !== undefined && { was }) } }];
  },
});
