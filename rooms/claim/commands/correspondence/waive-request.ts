import { z } from 'zod';
import { Text, Uuid7 } from '../../../values.ts';
import { openRequest } from '../../open-request.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const waiveRequest = command({
  summary: 'Do without what was asked.',
  may: ['handler', 'supervisor', 'system'],
  when: when('waiveRequest'),
  input: z.strictObject({ requestId: Uuid7, why: Text(500).meta({ title: 'Why' }) }),
  decide(claim, { requestId, why }) {
    const request = openRequest(claim, requestId);
    return 'rejected' in request ? request : [{ type: 'requestWaived', data: { id: requestId, why } }];
  },
});
