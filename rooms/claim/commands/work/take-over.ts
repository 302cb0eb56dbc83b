import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { handedTo } from '../../handed.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const takeOver = command({
  summary: 'Make the claim your own.',
  may: ['desk', 'supervisor'],
  when: when('takeOver'),
  input: z.strictObject({}),
  decide: (claim, _, { by: { agentId }, now }) =>
    agentId === undefined ? reject('claim/no-agent') : handedTo(claim, agentId, now, { isTheirWish: true }),
});
