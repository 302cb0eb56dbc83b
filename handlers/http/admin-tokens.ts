/** Tokens for programs: shown once, good for what they name until a day, revoked at once. */
import { z } from 'zod';
import { may, permissionNames } from '../../rooms/permissions.ts';
import { Text, Uuid } from '../../rooms/values.ts';
import type { ServiceToken } from '../../src/auth/service-tokens.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { route } from './deps.ts';

const Scopes = z.array(z.enum(permissionNames)).min(1).max(permissionNames.length);
const ShownToken = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(permissionNames)),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
  usedAt: z.iso.datetime().nullable().meta({ description: 'When it was used last, to the minute.' }),
});
const shown = (token: ServiceToken) => ({ ...token, scopes: [...token.scopes] });

export const adminTokens = [
  route({
    method: 'get',
    path: '/api/admin/tokens',
    summary: 'Tokens for programs, newest first, also those that are over. Never the tokens themselves.',
    tag: 'administration',
    access: 'tokens.manage',
    reply: z.object({ tokens: z.array(ShownToken) }),
    refusals: ['unavailable'],
    handle: async (_request, { admin }) => answer({ tokens: (await admin.tokens.list()).map(shown) }),
  }),
  route({
    method: 'post',
    path: '/api/admin/tokens',
    summary: 'Make a token for a program, for REST and sockets. It is in this answer and is never shown again.',
    tag: 'administration',
    access: 'tokens.manage',
    body: z.strictObject({
      name: Text(100),
      scopes: Scopes.meta({ description: 'Permissions you hold yourself.' }),
      days: z.int().min(1).meta({ description: 'At most the setting `tokens.daysMax`.' }),
    }),
    reply: ShownToken.extend({ token: z.string() }),
    status: 201,
    refusals: ['token/not-yours-to-give', 'token/too-many', 'unavailable'],
    async handle({ body, caller }, { admin }) {
      const lacks = body.scopes.filter((scope) => !may(caller, scope));
      if (lacks.length > 0) return problem('token/not-yours-to-give', { lacks });
      const daysMax = admin.settings.get('tokens.daysMax');
      if (body.days > daysMax) return problem('invalid', { issues: [{ path: 'days', message: `at most ${daysMax}` }] });
      const created = await admin.tokens.create(body, caller.accountId);
      return created.ok ? answer({ ...shown(created), token: created.token }) : problem(created.code);
    },
  }),
  route({
    method: 'delete',
    path: '/api/admin/tokens/:id',
    summary: 'Revoke a token: it opens nothing more within a second, and its sockets close.',
    tag: 'administration',
    access: 'tokens.manage',
    params: z.object({ id: Uuid }),
    reply: z.object({}),
    refusals: ['not-found', 'unavailable'],
    handle: async ({ params: { id } }, { admin }) =>
      (await admin.tokens.revoke(id)) ? answer({}) : problem('not-found'),
  }),
];
