import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Uuid } from '../../../values.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const passOn = command({
  summary: 'Take the claim from a handler who has not answered, or has gone before they did.',
  may: ['system'],
  when: when('passOn'),
  input: z.strictObject({ handlerId: Uuid, cause: z.enum(['unanswered', 'session-ended']) }),
  decide({ handlerId: has, assignment }, { handlerId, cause }, { now }) {
    const by = assignment?.answerBy;
    // Somebody else has it by now, or they did answer.
    if (has !== handlerId || by === undefined) return reject('claim/already-answered');
    if (cause === 'unanswered' && now < by) return reject('claim/not-due', { answerBy: by });
    return [{ type: 'handedBack', data: { handlerId, cause } }];
  },
});
