/** Invitations that nobody has accepted yet: seen, made, sent again, taken back. */
import { z } from 'zod';
import { accountCursorText, readAccountCursor } from '../../src/admin/account-list.ts';
import { NewAccount } from '../../src/auth/account-shapes.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { Limit, params, ShownAccount } from './admin-users.ts';
import { route } from './deps.ts';

export const adminInvitations = [
  route({
    method: 'get',
    path: '/api/admin/invitations',
    summary: 'Who has been invited and has not come yet.',
    tag: 'administration',
    access: 'users.read',
    query: z.object({ after: z.string().max(1_000).optional(), limit: Limit }),
    reply: z.object({ invitations: z.array(ShownAccount), next: z.string().nullable() }),
    refusals: ['unavailable'],
    async handle({ query: { after, limit } }, { admin }) {
      const cursor = after === undefined ? undefined : readAccountCursor(after);
      if (cursor === null)
        return problem('invalid', { issues: [{ path: 'after', message: 'not the `next` of a page' }] });
      const { accounts, next } = await admin.list.page({ state: 'invited', after: cursor, limit });
      const invitations = accounts.map((account) => ({ ...account, roles: [...account.roles] }));
      return answer({ invitations, next: next && accountCursorText(next) });
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/invitations',
    summary: 'Invite somebody. The same as making an account.',
    tag: 'administration',
    access: 'users.invite',
    body: NewAccount.omit({ password: true, id: true }),
    reply: ShownAccount,
    status: 201,
    refusals: ['account/email-taken', 'account/not-yours-to-give', 'unavailable'],
    async handle({ body, caller }, { admin }) {
      const invited = await admin.users.invite(body, caller);
      if (!invited.ok) return problem(invited.code, invited.details);
      return answer({ ...invited.account, roles: [...invited.account.roles] });
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/invitations/:id/resend',
    summary: 'Send a fresh link; the former is void.',
    tag: 'administration',
    access: 'users.invite',
    params,
    reply: z.object({}),
    refusals: ['not-found', 'account/not-invited', 'account/not-yours-to-give', 'unavailable'],
    async handle({ params: { id }, caller }, { admin }) {
      const sent = await admin.users.act(id, 'inviteAgain', caller);
      return sent.ok ? answer({}) : problem(sent.code, sent.details);
    },
  }),
  route({
    method: 'delete',
    path: '/api/admin/invitations/:id',
    summary: 'Take it back: its link is void, and the account is disabled.',
    tag: 'administration',
    access: 'users.invite',
    params,
    reply: z.object({}),
    refusals: ['not-found', 'account/not-invited', 'account/not-yours-to-give', 'unavailable'],
    async handle({ params: { id }, caller }, { admin }) {
      const revoked = await admin.users.act(id, 'revokeInvitation', caller);
      return revoked.ok ? answer({}) : problem(revoked.code, revoked.details);
    },
  }),
];
