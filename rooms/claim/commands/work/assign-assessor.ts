import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Uuid } from '../../../values.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const assignAssessor = command({
  summary: 'Ask an assessor to look at the damage.',
  may: ['handler', 'supervisor', 'system'],
  when: when('assignAssessor'),
  input: z.strictObject({ assessorId: Uuid.meta({ title: 'Assessor' }) }),
  decide({ assessorId: was }, { assessorId }) {
    if (was === assessorId) return reject('claim/already-assigned', { assessorId });
    return [{ type: 'assessorAssigned', data: { assessorId, ...(was !== undefined && { was }) } }];
  },
});
