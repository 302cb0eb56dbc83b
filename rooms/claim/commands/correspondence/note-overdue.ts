import { z } from 'zod';
import { endOf } from '../../../calendar.ts';
import { reject } from '../../../kit.ts';
import { Uuid7 } from '../../../values.ts';
import { openRequest } from '../../open-request.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const noteOverdue = command({
  summary: 'Mark a request as overdue: its day has passed.',
  may: ['system'],
  when: when('noteOverdue'),
  input: z.strictObject({ requestId: Uuid7 }),
  decide(claim, { requestId }, { now }) {
    const request = openRequest(claim, requestId);
    if ('rejected' in request) return request;
    if (request.isOverdue || now < endOf(request.dueOn)) return reject('claim/not-due', { id: requestId });
    return [{ type: 'requestOverdue', data: { id: requestId } }];
  },
});
