import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text, Uuid, Uuid7 } from '../../../values.ts';
import { openRequest } from '../../open-request.ts';
import { goesOn } from '../../goes-on.ts';
import { partyOf } from '../../seats.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

const Answer = z
  .strictObject({
    id: Uuid7,
    text: Text(4_000).meta({ title: 'Answer' }).optional(),
    documentId: Uuid.meta({ title: 'Document' }).optional(),
  })
  .refine(({ text, documentId }) => text !== undefined || documentId !== undefined, 'an answer or a document');

export const answerRequest = command({
  summary: 'Answer what was asked, some of it or all; staff do it for whoever rang up.',
  may: ['holder', 'thirdParty', 'handler', 'desk', 'supervisor', 'system'],
  when: when('answerRequest'),
  input: z.strictObject({ requestId: Uuid7, items: z.array(Answer).min(1).max(20) }),
  decide(claim, { requestId, items }, { by, seat, now }) {
    const outsider = seat === 'holder' ? 'holder' : seat === 'thirdParty' ? partyOf(claim, by) : undefined;
    // What others were asked is not theirs to know, nor what became of it.
    if (outsider !== undefined && claim.requests[requestId]?.to !== outsider)
      return reject('claim/no-such-request', { id: requestId });
    const request = openRequest(claim, requestId);
    if ('rejected' in request) return request;
    const unasked = items.find(({ id }) => !Object.hasOwn(request.items, id));
    if (unasked) return reject('claim/no-such-item', { id: unasked.id });
    const answers = Object.fromEntries(items.map(({ id, ...answer }) => [id, answer]));
    return [{ type: 'requestAnswered', data: { id: requestId, answers, ...goesOn(claim, now) } }];
  },
});
