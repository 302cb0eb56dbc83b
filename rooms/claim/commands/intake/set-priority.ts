import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text } from '../../../values.ts';
import { Priority } from '../../claim.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const setPriority = command({
  summary: 'Overrule the weighing, saying why.',
  may: ['handler', 'supervisor'],
  when: when('setPriority'),
  input: z.strictObject({ priority: Priority.meta({ title: 'Priority' }), why: Text(500).meta({ title: 'Why' }) }),
  decide(claim, { priority, why }) {
    if (claim.priority === priority) return reject('claim/unchanged', { field: 'priority' });
    return [
      { type: 'prioritySet', data: { priority, ...(claim.priority !== undefined && { was: claim.priority }), why } },
    ];
  },
});
