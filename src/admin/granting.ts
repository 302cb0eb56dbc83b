/** Who may give what to whom. Otherwise somebody who may manage accounts could make themselves, or a friend, whatever they like. */
import type { Caller } from '../../rooms/kit.ts';
import { builtInRoles, type Grantable, may, permissionNames } from '../../rooms/permissions.ts';

/** What gives power over the system itself: only those who hold it hand it on. */
const overTheSystem: ReadonlySet<string> = new Set<Grantable>([
  'users.read',
  'users.invite',
  'users.manage',
  'roles.read',
  'roles.manage',
  'sessions.manage',
  'tokens.manage',
  'settings.manage',
  'policies.import',
  'audit.read',
  'audit.export',
]);

/**
 * What of these the caller may not give. One gives what one holds; whoever may manage roles gives the work of the operation as
 * well, which administrators do not do themselves, but nothing over the system that they lack.
 */
export const notGrantable = (caller: Pick<Caller, 'permissions'>, wanted: Iterable<string>): string[] =>
  [...new Set(wanted)].filter((name) => {
    if (!(permissionNames as readonly string[]).includes(name)) return true;
    return !may(caller, name as Grantable) && !(may(caller, 'roles.manage') && !overTheSystem.has(name));
  });

/** Auditors look at administrators' fingers, so an administrator can make one: reading is not power. */
const alwaysGivable: ReadonlySet<string> = new Set(['auditor']);

/** What of these roles the caller may not give; `granted` has the custom ones. */
export const rolesNotGrantable = (
  caller: Pick<Caller, 'permissions'>,
  roles: readonly string[],
  granted: ReadonlyMap<string, readonly string[]>,
): { readonly role: string; readonly lacks: readonly string[] }[] =>
  roles.flatMap((role) => {
    const held: readonly string[] | undefined = Object.hasOwn(builtInRoles, role)
      ? builtInRoles[role as keyof typeof builtInRoles]
      : granted.get(role);
    if (!held) return [{ role, lacks: ['there is no such role'] }];
    if (alwaysGivable.has(role) && may(caller, 'roles.manage')) return [];
    const lacks = notGrantable(caller, held);
    return lacks.length > 0 ? [{ role, lacks }] : [];
  });
