/** Filing a claim, telling its loss anew, taking it back: requests as REST clients think of them, sent as commands. */
import { randomUUIDv7 } from 'node:crypto';
import { z } from 'zod';
import { Loss, LossDraft } from '../../rooms/claim/claim.ts';
import { claimRoom } from '../../rooms/claim/room.ts';
import { Text } from '../../rooms/values.ts';
import { problem, refusedBy } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { derivedId, timeOfId } from '../../src/runtime/command-hash.ts';
import {
  ClaimId,
  commandHeaders,
  commandRefusals,
  Done,
  doneBody,
  askOf,
  keyHeader,
  params,
  roomOf,
  tagged,
} from './claim-address.ts';
import { sendByStage } from './claim-stage.ts';
import { tellLoss } from './tell-loss.ts';
import { route } from './deps.ts';

const Filing = claimRoom.commands.report.input.extend({
  id: ClaimId.optional().meta({ description: 'Your own id for the claim; without one it follows from the key.' }),
  draft: z.boolean().optional().meta({ description: 'Begin it only; send it in later.' }),
});
const why = Text(500).optional().meta({ description: 'Why it is told otherwise. Needed once the claim is sent in.' });

/** The same request again makes the same ids, whichever of the two the client chose. */
const idsOf = (accountId: string, name: string, id: string | undefined, key: string | undefined) => {
  const derived = (from: string, what: string) =>
    derivedId(new Date(timeOfId(from)).toISOString(), `${what} ${from} of ${accountId}`);
  if (id !== undefined) return { id, key: key ?? derived(id, name) };
  return key === undefined ? { id: randomUUIDv7(), key: randomUUIDv7() } : { id: derived(key, 'claim'), key };
};

export const claimsChanges = [
  route({
    method: 'post',
    path: '/api/claims',
    summary:
      'File a claim, or with `draft` begin one. Again with the same `Idempotency-Key` or `id` it is the same claim.',
    access: 'caller',
    headers: keyHeader,
    body: Filing,
    reply: Done.extend({ id: z.string() }),
    status: 201,
    refusals: commandRefusals,
    async handle({ headers, body, caller, http }, { rooms }) {
      const { id: wished, draft = false, ...input } = body;
      const name = draft ? 'startDraft' : 'report';
      const { id, key } = idsOf(caller.accountId, name, wished, headers['idempotency-key']);
      const { correlationId } = http;
      const ack = await rooms.send({ room: roomOf(id), id: key, name, input, by: caller, correlationId });
      // Whoever may not open a claim of which nobody has heard may not open any.
      if (!ack.ok) return ack.code === 'not-found' && wished === undefined ? problem('forbidden') : refusedBy(ack);
      const headersOut = { Location: `/api/claims/${id}`, ...tagged(ack.seq) };
      return answer({ id, ...doneBody(ack) }, headersOut, ack.repeated ? 200 : 201);
    },
  }),
  route({
    method: 'put',
    path: '/api/claims/:id',
    summary: 'Tell the whole loss. Nothing else of a claim can be set: status and money follow from commands.',
    access: 'caller',
    params,
    headers: commandHeaders,
    body: z.strictObject({ loss: Loss, why }),
    reply: Done,
    refusals: commandRefusals,
    handle: ({ params, headers, body, caller, http }, { rooms }) =>
      tellLoss(rooms, askOf(params, headers, caller, http), body, 'all'),
  }),
  route({
    method: 'patch',
    path: '/api/claims/:id',
    summary: 'Tell some of the loss; the rest of it stays. Nothing else of a claim can be set.',
    access: 'caller',
    params,
    headers: commandHeaders,
    body: z.strictObject({ loss: LossDraft, why }),
    reply: Done,
    refusals: commandRefusals,
    handle: ({ params, headers, body, caller, http }, { rooms }) =>
      tellLoss(rooms, askOf(params, headers, caller, http), body, 'some'),
  }),
  route({
    method: 'delete',
    path: '/api/claims/:id',
    summary: 'Throw a draft away; take a claim back that was sent in, saying why. Neither is erased.',
    access: 'caller',
    params,
    headers: commandHeaders,
    query: z.object({ reason: Text(500).optional().meta({ description: 'Needed once the claim is sent in.' }) }),
    body: z.strictObject({ reason: Text(500).optional() }).optional(),
    reply: Done,
    refusals: commandRefusals,
    async handle({ params, headers, query, body, caller, http }, { rooms }) {
      const reason = body?.reason ?? query.reason;
      const ack = await sendByStage(rooms, askOf(params, headers, caller, http), {
        draft: { name: 'discard', input: {} },
        later: { name: 'withdraw', input: { ...(reason !== undefined && { reason }) } },
      });
      return ack.ok ? answer(doneBody(ack), tagged(ack.seq)) : refusedBy(ack);
    },
  }),
];
