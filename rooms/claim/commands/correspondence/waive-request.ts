import { z } from 'zod';
import { Text, Uuid7 } from '../../../values.ts';
import { openRequest } from '../../open-request.ts';
import { goesOn } from '../../goes-on.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const waiveRequest = command({
  summary: 'Do without what was asked.',
  may: ['handler', 'supervisor', 'system'],
  when: when('waiveRequest'),
  input: z.strictObject({ requestId: Uuid7, why: Text(500).meta({ title: 'Why' }) }),
  decide(claim, { requestId, why }, { now }) {
    const request = openRequest(claim, requestId);
    if ('rejected' in request) return request;
    return [{ type: 'requestWaived', data: { id: requestId, why, ...goesOn(claim, now) } }];
  },
});
