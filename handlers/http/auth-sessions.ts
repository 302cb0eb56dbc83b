/** One's own sessions: on which devices one is signed in, and ending them. */
import { z } from 'zod';
import { Uuid } from '../../rooms/values.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { route } from './deps.ts';

const ShownSession = z.object({
  id: z.string(),
  device: z.string().meta({ description: 'As it calls itself.' }),
  address: z.string().nullable(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().meta({ description: 'Unless it is used before; then later, up to its end in any case.' }),
  isCurrent: z.boolean(),
});

export const authSessions = [
  route({
    method: 'get',
    path: '/api/auth/sessions',
    summary: 'The devices one is signed in on, last seen first.',
    access: 'caller',
    reply: z.object({ sessions: z.array(ShownSession) }),
    async handle({ caller, http }, { auth: { live } }) {
      const sessions = await live.list(caller.accountId);
      return answer({
        sessions: sessions.map((session) => ({ ...session, isCurrent: session.id === http.sessionId })),
      });
    },
  }),
  route({
    method: 'delete',
    path: '/api/auth/sessions/:id',
    summary: 'Sign one device out: its sockets close and its tokens open nothing more.',
    access: 'caller',
    params: z.object({ id: Uuid }),
    reply: z.object({}),
    refusals: ['not-found'],
    async handle({ params, caller }, { auth: { live } }) {
      return (await live.end(caller.accountId, params.id, 'ended-by-owner')) ? answer({}) : problem('not-found');
    },
  }),
  route({
    method: 'delete',
    path: '/api/auth/sessions',
    summary: 'Sign all other devices out.',
    access: 'caller',
    reply: z.object({ ended: z.int() }),
    async handle({ caller, http }, { auth: { live } }) {
      return answer({ ended: await live.endAll(caller.accountId, 'ended-by-owner', http.sessionId) });
    },
  }),
];
