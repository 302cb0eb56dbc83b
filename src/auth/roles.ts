/** Roles an insurer makes of the named permissions. The built-in ones stand in rooms/permissions.ts and cannot be changed. */
import { z } from 'zod';
import { issuesOf } from '../../rooms/kit.ts';
import { builtInRoles, type Grantable, permissionNames } from '../../rooms/permissions.ts';
import { Text } from '../../rooms/values.ts';
import type { EntityManager, Orm } from '../store/orm.ts';

/** Nobody signs in as the system, and a built-in name must mean the same everywhere. */
export const RoleName = z
  .string()
  .regex(/^(?!system$)[a-z][a-z-]{0,39}$/, 'a role, e.g. trainee')
  .refine((name) => !Object.hasOwn(builtInRoles, name), 'is a built-in role');
export const CustomRole = z.strictObject({
  summary: Text(200),
  permissions: z.array(z.enum(permissionNames)).max(permissionNames.length),
});
export type CustomRole = z.output<typeof CustomRole>;

/** How many roles an insurer may make: a list people can still read. */
export const customRolesMax = 200;

export interface Role extends CustomRole {
  readonly name: string;
  readonly isBuiltIn: boolean;
}
export type Put =
  | { readonly ok: true; readonly before: CustomRole | null }
  | { readonly ok: false; readonly code: 'invalid'; readonly details: { readonly issues: ReturnType<typeof issuesOf> } }
  | { readonly ok: false; readonly code: 'roles/too-many'; readonly details: { readonly limit: number } };

export interface Roles {
  /** The built-in ones first. */
  list(): Promise<readonly Role[]>;
  /** A custom one. */
  find(name: string, em?: Em): Promise<CustomRole | null>;
  /** Makes it, or makes it anew; whoever has it has the new permissions within a second or so. */
  put(name: string, role: z.input<typeof CustomRole>, em?: Em): Promise<Put>;
  /** What it was; null if there was none. Accounts keep the name, which then allows nothing. */
  remove(name: string, em?: Em): Promise<CustomRole | null>;
}

/** In whose transaction; without one it is its own. */
type Em = Pick<EntityManager, 'execute'>;

interface Row {
  readonly name: string;
  readonly summary: string;
  readonly permissions: Grantable[];
}
const Named = CustomRole.extend({ name: RoleName });

export const createRoles = (orm: Orm): Roles => {
  const query = <R extends object>(sql: string, values: readonly unknown[] = [], em: Em = orm.em.fork()) =>
    em.execute<R[]>(sql, [...values]);
  const find: Roles['find'] = async (name, em) => {
    const [row] = await query<Row>('select name, summary, permissions from roles where name = ?', [name], em);
    return row ? { summary: row.summary, permissions: row.permissions } : null;
  };

  return {
    async list() {
      const custom = await query<Row>('select name, summary, permissions from roles order by name');
      return [
        ...Object.entries(builtInRoles).map(([name, held]) => ({
          name,
          summary: '',
          permissions: [...held],
          isBuiltIn: true,
        })),
        ...custom.map((row) => ({ ...row, isBuiltIn: false })),
      ];
    },
    find,
    async put(name, role, em) {
      const parsed = Named.safeParse({ ...role, name });
      if (!parsed.success) return { ok: false, code: 'invalid', details: { issues: issuesOf(parsed.error) } };
      const { summary, permissions } = parsed.data;
      const before = await find(name, em);
      const rows = await query<{ name: string }>(
        `insert into roles (name, summary, permissions)
         select ?, ?, ?::text[] where exists (select 1 from roles where name = ?) or (select count(*) from roles) < ?
         on conflict (name) do update set summary = excluded.summary, permissions = excluded.permissions, changed_at = now()
         returning name`,
        [name, summary, `{${permissions.join(',')}}`, name, customRolesMax],
        em,
      );
      return rows.length > 0
        ? { ok: true, before }
        : { ok: false, code: 'roles/too-many', details: { limit: customRolesMax } };
    },
    async remove(name, em) {
      const [row] = await query<Row>(
        'delete from roles where name = ? returning name, summary, permissions',
        [name],
        em,
      );
      return row ? { summary: row.summary, permissions: row.permissions } : null;
    },
  };
};
