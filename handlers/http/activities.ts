/** The diary over REST: what is due, overdue and done; planned and done by the same commands the socket takes. */
import { randomUUIDv7 } from 'node:crypto';
import { z } from 'zod';
import { activityRoom } from '../../rooms/activity/room.ts';
import { may } from '../../rooms/permissions.ts';
import { Instant, Uuid, Uuid7 } from '../../rooms/values.ts';
import { pageLimit } from '../../src/http/counted.ts';
import { problem, refusedBy } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { askOf, commandHeaders, Done, doneBody, keyHeader, tagged } from './claim-address.ts';
import { route } from './deps.ts';

const Listed = z.object({
  id: z.string(),
  claimId: z.string().nullable(),
  agentId: z.string().nullable(),
  subject: z.string(),
  status: z.string(),
  rule: z.string().nullable(),
  dueAt: z.string(),
  isOverdue: z.boolean(),
  isEscalated: z.boolean(),
  doneAt: z.string().nullable(),
  createdAt: z.string(),
});
const Cursor = z
  .string()
  .max(200)
  .transform((text, context) => {
    const [at, id] = Buffer.from(text, 'base64url').toString().split(' ');
    const read = z.object({ at: Instant, id: Uuid }).safeParse({ at, id });
    if (read.success) return read.data;
    context.addIssue({ code: 'custom', message: 'not the `next` of a page' });
    return z.NEVER;
  });
const refusals = ['not-found', 'forbidden', 'command/id-reused', 'activity/not-now', 'busy', 'unknown', 'unavailable'];

export const activities = [
  route({
    method: 'get',
    path: '/api/activities',
    summary: 'The diary: one’s own for agents; of anybody for those who see what a team does.',
    access: 'caller',
    query: z.strictObject({
      state: z.enum(['open', 'due', 'overdue', 'done']).default('open').meta({
        description: '`due`: open and to be done by `until`. `overdue`: open, and its time has passed.',
      }),
      until: Instant.optional(),
      agent: z
        .union([z.literal('me'), Uuid])
        .default('me')
        .meta({ description: '`me`, or an agent of one’s team.' }),
      claim: Uuid7.optional().meta({ description: 'Of this claim, whoever is to do it.' }),
      after: Cursor.optional().meta({ description: '`next` of the page before, with the same `state`.' }),
      limit: pageLimit(),
    }),
    reply: z.object({ items: z.array(Listed), next: z.string().nullable() }),
    refusals: ['forbidden', 'unavailable'],
    async handle({ query: { agent, claim, limit, ...wanted }, caller }, { activities: diary }) {
      if (!(['claims.handle', 'claims.supervise', 'claims.audit'] as const).some((each) => may(caller, each)))
        return problem('forbidden');
      const agentId = agent === 'me' ? caller.agentId : agent;
      // A claim's diary is for whoever works at the desk; a colleague's is for those who lead.
      if (claim === undefined && agentId !== caller.agentId && !may(caller, 'reports.team'))
        return problem('forbidden');
      const of = claim === undefined ? { agentId: agentId ?? '' } : { claimId: claim };
      if (of.agentId === '') return answer({ items: [], next: null });
      const rows = await diary.list({ ...wanted, ...of, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const at = last && (wanted.state === 'done' ? last.doneAt : last.dueAt);
      const next = rows.length > limit && last ? Buffer.from(`${at} ${last.id}`).toString('base64url') : null;
      return answer({ items: items.map((row) => ({ ...row })), next });
    },
  }),
  route({
    method: 'post',
    path: '/api/activities',
    summary: 'Put something into the diary.',
    access: 'caller',
    headers: keyHeader,
    body: activityRoom.commands.plan.input.extend({ id: Uuid7.optional() }),
    reply: Done.extend({ id: z.string() }),
    status: 201,
    refusals: ['forbidden', 'activity/wrong-time', 'command/id-reused', 'busy', 'unknown', 'unavailable'],
    async handle({ headers, body: { id: wished, ...input }, caller, http }, { rooms }) {
      const key = headers['idempotency-key'] ?? randomUUIDv7();
      const id = wished ?? key;
      const { correlationId } = http;
      const ack = await rooms.send({ room: `activity/${id}`, id: key, name: 'plan', input, by: caller, correlationId });
      if (!ack.ok) return ack.code === 'not-found' ? problem('forbidden') : refusedBy(ack);
      return answer({ id, ...doneBody(ack) }, { Location: `/api/activities/${id}`, ...tagged(ack.seq) }, 201);
    },
  }),
  route({
    method: 'post',
    path: '/api/activities/:id/commands/:name',
    summary:
      'Send one command to an activity: `complete`, `postpone`, `handOn`, `cancel`; see `/api/rooms/activity/commands`.',
    access: 'caller',
    params: z.object({ id: Uuid7, name: z.string().max(60) }),
    headers: commandHeaders,
    body: z.unknown().meta({ description: 'The input of the command.' }),
    reply: Done,
    refusals: ['command/unknown', ...refusals],
    async handle({ params: { id, name }, headers, body, caller, http }, { rooms }) {
      const ask = askOf({ id }, headers, caller, http);
      const ack = await rooms.send({ ...ask, room: `activity/${id}`, name, input: body });
      return ack.ok ? answer(doneBody(ack), tagged(ack.seq)) : refusedBy(ack);
    },
  }),
];
