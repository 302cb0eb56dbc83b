import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const acknowledge = command({
  summary: 'Say that the handler has it, before it goes on to somebody else.',
  may: ['handler', 'supervisor'],
  when: when('acknowledge'),
  input: z.strictObject({}),
  decide: ({ assignment }) =>
    assignment?.answerBy === undefined ? reject('claim/already-answered') : [{ type: 'acknowledged', data: {} }],
});
