/** Roles an insurer makes: only of what whoever makes them may give, and gone only when nobody has them. */
import type { Caller } from '../../rooms/kit.ts';
import type { Audit } from '../audit/audit.ts';
import { changesOf } from '../audit/redact.ts';
import type { CustomRole, Role, Roles } from '../auth/roles.ts';
import type { Orm } from '../store/orm.ts';
import { notGrantable } from './granting.ts';

export type RoleChanged =
  | { readonly ok: true; readonly role: Role }
  | { readonly ok: false; readonly code: string; readonly details?: object };

export interface CustomRoles {
  create(name: string, role: CustomRole, by: Caller): Promise<RoleChanged>;
  change(name: string, role: CustomRole, by: Caller): Promise<RoleChanged>;
  remove(name: string, by: Caller): Promise<RoleChanged>;
}

interface Deps {
  readonly orm: Orm;
  readonly roles: Roles;
  readonly audit: Pick<Audit, 'within'>;
}
const refuse = (code: string, details?: object) => ({ ok: false, code, ...(details && { details }) }) as const;

export const createCustomRoles = ({ orm, roles, audit }: Deps): CustomRoles => {
  /** One after the other, so that what was looked at is still so when it is changed. */
  const alone = <T>(run: (em: ReturnType<Orm['em']['fork']>) => Promise<T>) =>
    orm.em.fork().transactional(async (em) => {
      await em.execute('lock table roles in share row exclusive mode');
      return run(em);
    });
  const put = (name: string, role: CustomRole, by: Caller, isNew: boolean) =>
    alone(async (em): Promise<RoleChanged> => {
      const before = await roles.find(name, em);
      if (isNew === (before !== null)) return before ? refuse('role/name-taken') : refuse('not-found');
      // What it held before counts, too: nobody takes away, or keeps in place, what they could not give.
      const lacks = notGrantable(by, [...role.permissions, ...(before?.permissions ?? [])]);
      if (lacks.length > 0) return refuse('role/not-yours-to-give', { lacks });
      const done = await roles.put(name, role, em);
      if (!done.ok) return done;
      const changes = changesOf({ ...before }, { ...role });
      await audit.within(em, { action: isNew ? 'role.created' : 'authz_change', object: `role/${name}`, ...changes });
      return { ok: true, role: { ...role, name, isBuiltIn: false } };
    });
  return {
    create: (name, role, by) => put(name, role, by, true),
    change: (name, role, by) => put(name, role, by, false),
    remove: (name, by) =>
      alone(async (em): Promise<RoleChanged> => {
        const before = await roles.find(name, em);
        if (!before) return refuse('not-found');
        const lacks = notGrantable(by, before.permissions);
        if (lacks.length > 0) return refuse('role/not-yours-to-give', { lacks });
        const [used] = await em.execute<{ count: string }[]>('select count(*) from accounts where ? = any(roles)', [
          name,
        ]);
        if (Number(used?.count) > 0) return refuse('role/in-use', { accounts: Number(used?.count) });
        await roles.remove(name, em);
        await audit.within(em, { action: 'role.removed', object: `role/${name}`, before });
        return { ok: true, role: { ...before, name, isBuiltIn: false } };
      }),
  };
};
