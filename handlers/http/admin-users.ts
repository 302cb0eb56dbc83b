/** Accounts: found, changed, disabled and let in again, unlocked, helped back in. Nobody sees or sets a password. */
import { z } from 'zod';
import { Uuid } from '../../rooms/values.ts';
import { accountCursorText, readAccountCursor, states } from '../../src/admin/account-list.ts';
import type { Changed } from '../../src/admin/users.ts';
import { AccountChanges, NewAccount } from '../../src/auth/account-shapes.ts';
import { pageLimit } from '../../src/http/counted.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { route } from './deps.ts';

export const Search = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'holds a NUL or a broken character');
export const Limit = pageLimit();

export const ShownAccount = z.object({
  id: z.string(),
  email: z.string(),
  displayName: z.string(),
  roles: z.array(z.string()),
  customerId: z.string().nullable(),
  agentId: z.string().nullable(),
  limits: z.object({ reserve: z.int(), payment: z.int() }),
  state: z.enum(states),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime().nullable().meta({ description: 'When one of its sessions was used last.' }),
});
export const params = z.object({ id: Uuid });
const shown = (changed: Changed) =>
  changed.ok
    ? answer({ ...changed.account, roles: [...changed.account.roles] })
    : problem(changed.code, changed.details);
const refusals = ['not-found', 'account/own', 'account/not-yours-to-give', 'unavailable'];

const action = (
  name: 'disable' | 'enable' | 'unlock' | 'sendRecovery',
  path: string,
  summary: string,
  more: readonly string[] = [],
) =>
  route({
    method: 'post',
    path: `/api/admin/users/:id/${path}`,
    summary,
    tag: 'administration',
    access: 'users.manage',
    params,
    reply: ShownAccount,
    refusals: [...refusals, ...more],
    handle: async ({ params: { id }, caller }, { admin }) => shown(await admin.users.act(id, name, caller)),
  });

export const adminUsers = [
  route({
    method: 'get',
    path: '/api/admin/users',
    summary: 'Accounts in the order of their names, page by page.',
    tag: 'administration',
    access: 'users.read',
    query: z.object({
      q: Search.optional().meta({ description: 'The beginning of the address, or of a word of the name.' }),
      role: z.string().max(40).optional(),
      state: z.enum(states).optional(),
      after: z.string().max(1_000).optional().meta({ description: '`next` of the page before.' }),
      limit: Limit,
    }),
    reply: z.object({ accounts: z.array(ShownAccount), next: z.string().nullable() }),
    refusals: ['unavailable'],
    async handle({ query: { after, ...wanted } }, { admin }) {
      const cursor = after === undefined ? undefined : readAccountCursor(after);
      if (cursor === null)
        return problem('invalid', { issues: [{ path: 'after', message: 'not the `next` of a page' }] });
      const { accounts, next } = await admin.list.page({ ...wanted, after: cursor });
      return answer({
        accounts: accounts.map((account) => ({ ...account, roles: [...account.roles] })),
        next: next && accountCursorText(next),
      });
    },
  }),
  route({
    method: 'get',
    path: '/api/admin/users/:id',
    summary: 'One account.',
    tag: 'administration',
    access: 'users.read',
    params,
    reply: ShownAccount,
    refusals: ['not-found', 'unavailable'],
    async handle({ params: { id } }, { admin }) {
      const account = await admin.list.find(id);
      return account ? answer({ ...account, roles: [...account.roles] }) : problem('not-found');
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/users',
    summary: 'Make an account by inviting its owner: a letter brings a link, and they choose their own password.',
    tag: 'administration',
    access: 'users.invite',
    body: NewAccount.omit({ password: true, id: true }),
    reply: ShownAccount,
    status: 201,
    refusals: ['account/email-taken', 'account/not-yours-to-give', 'unavailable'],
    handle: async ({ body, caller }, { admin }) => shown(await admin.users.invite(body, caller)),
  }),
  route({
    method: 'patch',
    path: '/api/admin/users/:id',
    summary:
      'Change roles, limits, name, or who it is as a customer or an agent. In effect within a second, also on open sockets.',
    tag: 'administration',
    access: 'users.manage',
    params,
    body: AccountChanges,
    reply: ShownAccount,
    refusals: [...refusals, 'account/last-administrator'],
    handle: async ({ params: { id }, body, caller }, { admin }) => shown(await admin.users.change(id, body, caller)),
  }),
  action('disable', 'disable', 'Its sessions end at once, everywhere; nothing it did is lost.', [
    'account/last-administrator',
  ]),
  action('enable', 'enable', 'It may sign in again.'),
  action('unlock', 'unlock', 'Its failed logins are forgotten.'),
  action('sendRecovery', 'reset', 'Send its owner the letter by which they choose a new password.'),
];
