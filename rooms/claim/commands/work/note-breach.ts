import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Target } from '../../claim.ts';
import { reweigh } from '../../priority.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const noteBreach = command({
  summary: 'Write down that a promised time has passed.',
  may: ['system'],
  when: when('noteBreach'),
  input: z.strictObject({ target: Target }),
  decide(claim, { target }, { now }) {
    const dueAt = claim.due[target];
    if (dueAt === undefined || now < dueAt || claim.breaches[target] === dueAt)
      return reject('claim/not-due', { target });
    return [{ type: 'slaBreached', data: { target, dueAt, ...reweigh(claim, claim, now) } }];
  },
});
