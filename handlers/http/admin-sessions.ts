/** The sessions of others: seen, and ended. */
import { z } from 'zod';
import { Uuid } from '../../rooms/values.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { route } from './deps.ts';

const Whose = z.object({ accountId: Uuid });

export const adminSessions = [
  route({
    method: 'get',
    path: '/api/admin/sessions',
    summary: 'Where somebody is signed in, last seen first.',
    tag: 'administration',
    access: 'sessions.manage',
    query: Whose,
    reply: z.object({
      sessions: z.array(
        z.object({
          id: z.string(),
          device: z.string(),
          address: z.string().nullable(),
          createdAt: z.iso.datetime(),
          lastSeenAt: z.iso.datetime(),
          expiresAt: z.iso.datetime(),
        }),
      ),
    }),
    refusals: ['not-found', 'unavailable'],
    async handle({ query: { accountId } }, { admin, auth, audit }) {
      if (!(await admin.list.find(accountId))) return problem('not-found');
      const sessions = await auth.live.list(accountId);
      await audit.sure({ action: 'sessions.read', object: `account/${accountId}` });
      return answer({ sessions: [...sessions] });
    },
  }),
  route({
    method: 'delete',
    path: '/api/admin/sessions/:id',
    summary: 'End one session of somebody: its sockets close, its tokens open nothing more.',
    tag: 'administration',
    access: 'sessions.manage',
    params: z.object({ id: Uuid }),
    query: Whose,
    reply: z.object({}),
    refusals: ['not-found', 'unavailable'],
    async handle({ params: { id }, query: { accountId } }, { auth, audit }) {
      await audit.sure({ action: 'session.end', object: `account/${accountId}`, details: { session: id } });
      return (await auth.live.end(accountId, id, 'ended-by-administrator')) ? answer({}) : problem('not-found');
    },
  }),
  route({
    method: 'delete',
    path: '/api/admin/sessions',
    summary: 'End all sessions of somebody.',
    tag: 'administration',
    access: 'sessions.manage',
    query: Whose,
    reply: z.object({ ended: z.int() }),
    refusals: ['not-found', 'unavailable'],
    async handle({ query: { accountId } }, { admin, auth, audit }) {
      if (!(await admin.list.find(accountId))) return problem('not-found');
      await audit.sure({ action: 'session.end', object: `account/${accountId}`, details: { session: 'all' } });
      return answer({ ended: await auth.live.endAll(accountId, 'ended-by-administrator') });
    },
  }),
];
