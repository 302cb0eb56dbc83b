import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const takeOver = command({
  summary: 'Make the claim your own.',
  may: ['desk', 'supervisor'],
  when: when('takeOver'),
  input: z.strictObject({}),
  decide(claim, _, { by: { agentId } }) {
    if (agentId === undefined) return reject('claim/no-agent');
    const { handlerId: was } = claim;
    if (was === agentId) return reject('claim/already-assigned', { handlerId: agentId });
    return [{ type: 'assigned', data: { handlerId: agentId, ...(was !== undefined && { was }) } }];
  },
});
