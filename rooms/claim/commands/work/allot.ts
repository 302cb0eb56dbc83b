import { z } from 'zod';
import { Uuid } from '../../../values.ts';
import { Chosen } from '../../assignment.ts';
import { handedTo } from '../../handed.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const allot = command({
  summary: 'Give a claim that nobody has to the agent whom the desk has chosen.',
  may: ['system'],
  when: when('allot'),
  input: z.strictObject({ handlerId: Uuid, chosen: Chosen }),
  decide: (claim, { handlerId, chosen }, { now }) =>
    handedTo(claim, handlerId, now, { chosen, isTheirWish: chosen.by === 'pull' }),
});
