/** Oneself: who one is here and what one may do, of what one wants to be told, and lists as one likes to look at them. */
import { z } from 'zod';
import { permissionNames } from '../../rooms/permissions.ts';
import { Text, Uuid } from '../../rooms/values.ts';
import { Notifications } from '../../src/me/notifications.ts';
import type { SavedAs } from '../../src/me/saved-views.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { route } from './deps.ts';

const Query = z
  .record(z.string().regex(/^[a-zA-Z]{1,30}$/), Text(200))
  .refine((query) => Object.keys(query).length <= 20, 'at most 20 parameters')
  .meta({ description: 'Parameters of that list, as one would send them.' });
const ViewFields = z.strictObject({
  place: z.enum(['claims', 'policies', 'audit', 'users']).meta({ description: 'The list it is of.' }),
  name: Text(60),
  query: Query,
});
const View = ViewFields.extend({ id: z.string() });
const saved = (saving: SavedAs) =>
  saving.ok
    ? answer({ ...saving.view, query: { ...saving.view.query } } as z.input<typeof View>)
    : problem(saving.code, saving.details);

export const me = [
  route({
    method: 'get',
    path: '/api/me',
    summary: 'Who you are here, and what you may do.',
    access: 'caller',
    reply: z.object({
      id: z.string(),
      email: z.string().nullable(),
      displayName: z.string(),
      roles: z.array(z.string()),
      permissions: z.array(z.enum(permissionNames)),
      customerId: z.string().nullable(),
      agentId: z.string().nullable(),
      limits: z.object({ reserve: z.int(), payment: z.int() }),
      notice: z.string().meta({ description: 'What everybody shall know just now; often nothing.' }),
    }),
    refusals: ['unavailable'],
    async handle({ caller }, { admin }) {
      // A program has no account of its own.
      const account = await admin.list.find(caller.accountId);
      return answer({
        id: caller.accountId,
        email: account?.email ?? null,
        displayName: account?.displayName ?? 'Service',
        roles: [...caller.roles],
        permissions: permissionNames.filter((name) => caller.permissions.includes(name)),
        customerId: caller.customerId ?? null,
        agentId: caller.agentId ?? null,
        limits: { ...caller.limits },
        notice: admin.settings.get('notice.text'),
      });
    },
  }),
  route({
    method: 'get',
    path: '/api/me/notifications',
    summary: 'By what you want to be told of what.',
    access: 'caller',
    reply: Notifications,
    refusals: ['unavailable'],
    handle: async ({ caller }, { me }) => answer(await me.notifications.of(caller.accountId)),
  }),
  route({
    method: 'put',
    path: '/api/me/notifications',
    summary: 'Say by what you want to be told of what. Letters about your account come in any case.',
    access: 'caller',
    body: Notifications,
    reply: Notifications,
    refusals: ['forbidden', 'unavailable'],
    async handle({ body, caller }, { me }) {
      if (caller.roles.includes('service')) return problem('forbidden');
      await me.notifications.set(caller.accountId, body);
      return answer(body);
    },
  }),
  route({
    method: 'get',
    path: '/api/me/views',
    summary: 'Your saved views.',
    access: 'caller',
    reply: z.object({ views: z.array(View) }),
    refusals: ['unavailable'],
    handle: async ({ caller }, { me }) =>
      answer({ views: (await me.views.list(caller.accountId)) as z.input<typeof View>[] }),
  }),
  route({
    method: 'post',
    path: '/api/me/views',
    summary: 'Save how you look at a list, under a name.',
    access: 'caller',
    body: ViewFields,
    reply: View,
    status: 201,
    refusals: ['forbidden', 'view/too-many', 'view/name-taken', 'unavailable'],
    handle: async ({ body, caller }, { me }) =>
      caller.roles.includes('service') ? problem('forbidden') : saved(await me.views.add(caller.accountId, body)),
  }),
  route({
    method: 'put',
    path: '/api/me/views/:id',
    summary: 'Change a saved view.',
    access: 'caller',
    params: z.object({ id: Uuid }),
    body: ViewFields,
    reply: View,
    refusals: ['not-found', 'view/name-taken', 'unavailable'],
    handle: async ({ params: { id }, body, caller }, { me }) =>
      saved(await me.views.change(caller.accountId, { id, ...body })),
  }),
  route({
    method: 'delete',
    path: '/api/me/views/:id',
    summary: 'Remove a saved view.',
    access: 'caller',
    params: z.object({ id: Uuid }),
    reply: z.object({}),
    refusals: ['not-found', 'unavailable'],
    handle: async ({ params: { id }, caller }, { me }) =>
      (await me.views.remove(caller.accountId, id)) ? answer({}) : problem('not-found'),
  }),
];
