/** Claims for clients without a socket. The same rooms, seats, commands and codes. */
import { randomUUIDv7 } from 'node:crypto';
import { z } from 'zod';
import { Uuid7 } from '../../rooms/values.ts';
import { refusedBy } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { route } from './deps.ts';

const ClaimId = Uuid7.meta({ description: 'Chosen by whoever opened the claim: a UUID, version 7, in lower case.' });
const waiting = ['busy', 'moved', 'unknown', 'unavailable'];

export const claims = [
  route({
    method: 'get',
    path: '/api/claims/:id',
    summary: 'A claim as your seat sees it, and the commands you could send now.',
    access: 'caller',
    params: z.object({ id: ClaimId }),
    reply: z.object({
      seat: z.string(),
      epoch: z.int(),
      seq: z.int().meta({ description: 'Number of the last event; also the ETag.' }),
      view: z.record(z.string(), z.unknown()),
      offers: z.array(z.string()),
    }),
    refusals: ['not-found', ...waiting],
    async handle({ params, caller }, { rooms }) {
      const sight = await rooms.read(`claim/${params.id}`, caller);
      if (!sight.ok) return refusedBy(sight);
      const { seat, epoch, seq, view, offers } = sight;
      return answer({ seat, epoch, seq, view: { ...view }, offers: [...offers] }, { ETag: `"${seq}"` });
    },
  }),
  route({
    method: 'post',
    path: '/api/claims/:id/commands/:name',
    summary: 'Send one command to a claim. The body is its input; see `/api/rooms/claim/commands`.',
    access: 'caller',
    params: z.object({ id: ClaimId, name: z.string().max(60) }),
    headers: z.object({
      'idempotency-key': Uuid7.optional().meta({
        description:
          'The id of this command: sent again, it has no second effect. Without one, a repeat is a new command.',
      }),
      'if-match': z
        .string()
        .regex(/^"\d{1,15}"$/, 'an ETag such as "12"')
        .optional()
        .meta({ description: 'Only if the claim still stands at this ETag; otherwise 412 `stale`.' }),
    }),
    body: z.unknown().meta({ description: 'The input of the command.' }),
    reply: z.object({
      epoch: z.int(),
      seq: z.int(),
      repeated: z
        .literal(true)
        .optional()
        .meta({ description: 'It had been done before; this is the first answer again.' }),
    }),
    refusals: ['not-found', 'command/unknown', 'forbidden', 'command/id-reused', 'claim/not-now', 'stale', ...waiting],
    async handle({ params, headers, body, caller, http }, { rooms }) {
      const ack = await rooms.send({
        room: `claim/${params.id}`,
        id: headers['idempotency-key'] ?? randomUUIDv7(),
        name: params.name,
        input: body,
        by: caller,
        correlationId: http.correlationId,
        ...(headers['if-match'] && { expectedSeq: Number(headers['if-match'].slice(1, -1)) }),
      });
      if (!ack.ok) return refusedBy(ack);
      return answer({ epoch: ack.epoch, seq: ack.seq, ...(ack.repeated && { repeated: ack.repeated }) });
    },
  }),
];
