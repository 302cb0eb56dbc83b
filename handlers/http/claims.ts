/** Claims for clients without a socket. The same rooms, seats, commands and codes. */
import { z } from 'zod';
import { refusedBy } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import {
  askOf,
  commandHeaders,
  commandRefusals,
  Done,
  doneBody,
  params,
  readRefusals,
  roomOf,
  Seq,
  tagged,
} from './claim-address.ts';
import { route } from './deps.ts';

export const claims = [
  route({
    method: 'get',
    path: '/api/claims/:id',
    summary: 'A claim as your seat sees it, and the commands you could send now.',
    access: 'caller',
    params,
    query: z.object({
      at: Seq.optional().meta({
        description:
          'As it stood after this event. You need a seat now and had to have one then; shown is what both of them see. It offers no commands.',
      }),
    }),
    reply: z.object({
      seat: z.string(),
      epoch: z.int(),
      seq: z.int().meta({ description: 'Number of the last event; also the ETag.' }),
      view: z.record(z.string(), z.unknown()),
      offers: z.array(z.string()),
    }),
    refusals: readRefusals,
    async handle({ params: { id }, query: { at }, caller }, { rooms, history }) {
      const sight = await (at === undefined ? rooms.read(roomOf(id), caller) : history.at(roomOf(id), caller, at));
      if (!sight.ok) return refusedBy(sight);
      const { seat, epoch, seq, view, offers } = sight;
      return answer({ seat, epoch, seq, view: { ...view }, offers: [...offers] }, tagged(seq));
    },
  }),
  route({
    method: 'post',
    path: '/api/claims/:id/commands/:name',
    summary: 'Send one command to a claim. The body is its input; see `/api/rooms/claim/commands`.',
    access: 'caller',
    params: params.extend({ name: z.string().max(60) }),
    headers: commandHeaders,
    body: z.unknown().meta({ description: 'The input of the command.' }),
    reply: Done,
    refusals: ['command/unknown', ...commandRefusals],
    async handle({ params: { id, name }, headers, body, caller, http }, { rooms }) {
      const ack = await rooms.send({ ...askOf({ id }, headers, caller, http), name, input: body });
      return ack.ok ? answer(doneBody(ack), tagged(ack.seq)) : refusedBy(ack);
    },
  }),
];
