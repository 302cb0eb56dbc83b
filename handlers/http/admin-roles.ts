/** Roles: the built-in ones to read, an insurer's own to make, change and remove. */
import { z } from 'zod';
import { permissionNames, permissions } from '../../rooms/permissions.ts';
import type { RoleChanged } from '../../src/admin/custom-roles.ts';
import { CustomRole, RoleName } from '../../src/auth/roles.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { route } from './deps.ts';

const ShownRole = z.object({
  name: z.string(),
  summary: z.string(),
  permissions: z.array(z.enum(permissionNames)),
  isBuiltIn: z.boolean(),
});
const params = z.object({ name: RoleName });
const shown = (changed: RoleChanged) =>
  changed.ok
    ? answer({ ...changed.role, permissions: [...changed.role.permissions] })
    : problem(changed.code, changed.details);

export const adminRoles = [
  route({
    method: 'get',
    path: '/api/admin/roles',
    summary: 'All roles, the built-in ones first, and every permission one can be made of.',
    tag: 'administration',
    access: 'roles.read',
    reply: z.object({
      roles: z.array(ShownRole),
      permissions: z.array(z.object({ name: z.enum(permissionNames), summary: z.string() })),
    }),
    refusals: ['unavailable'],
    async handle(_request, { admin }) {
      const roles = await admin.roles.list();
      return answer({
        roles: roles.map((role) => ({ ...role, permissions: [...role.permissions] })),
        permissions: permissionNames.map((name) => ({ name, summary: permissions[name] })),
      });
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/roles',
    summary: 'Make a role of named permissions: only of those you may give.',
    tag: 'administration',
    access: 'roles.manage',
    body: CustomRole.extend({ name: RoleName }),
    reply: ShownRole,
    status: 201,
    refusals: ['role/name-taken', 'role/not-yours-to-give', 'roles/too-many', 'unavailable'],
    handle: async ({ body: { name, ...role }, caller }, { admin }) =>
      shown(await admin.customRoles.create(name, role, caller)),
  }),
  route({
    method: 'put',
    path: '/api/admin/roles/:name',
    summary: 'Make a role anew; whoever has it has the new permissions within a second.',
    tag: 'administration',
    access: 'roles.manage',
    params,
    body: CustomRole,
    reply: ShownRole,
    refusals: ['not-found', 'role/not-yours-to-give', 'unavailable'],
    handle: async ({ params: { name }, body, caller }, { admin }) =>
      shown(await admin.customRoles.change(name, body, caller)),
  }),
  route({
    method: 'delete',
    path: '/api/admin/roles/:name',
    summary: 'Remove a role nobody has.',
    tag: 'administration',
    access: 'roles.manage',
    params,
    reply: ShownRole,
    refusals: ['not-found', 'role/in-use', 'role/not-yours-to-give', 'unavailable'],
    handle: async ({ params: { name }, caller }, { admin }) => shown(await admin.customRoles.remove(name, caller)),
  }),
];
