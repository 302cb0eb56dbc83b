import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Target } from '../../claim.ts';
import { nearAt } from '../../targets.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const noteNear = command({
  summary: 'Write down that a promised time is near, so that somebody is warned.',
  may: ['system'],
  when: when('noteNear'),
  input: z.strictObject({ target: Target }),
  decide({ due, warned, priority }, { target }, { now }) {
    const dueAt = due[target];
    const near = dueAt === undefined ? undefined : nearAt(target, dueAt, priority);
    if (dueAt === undefined || near === undefined || now < near || warned?.[target] === dueAt)
      return reject('claim/not-due', { target });
    return [{ type: 'slaNear', data: { target, dueAt } }];
  },
});
