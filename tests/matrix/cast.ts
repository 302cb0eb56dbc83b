/** Who is sent through the matrix: one account for each role and one without any, each with every record there is. */
import type { Caller } from '../../rooms/kit.ts';
import { type BuiltInRole, builtInRoles, entitled } from '../../rooms/permissions.ts';

/** `nobody` has an account, and a role that is no longer there. */
export const roles = [...(Object.keys(builtInRoles) as BuiltInRole[]), 'nobody'] as const;
export type Role = (typeof roles)[number];

/** What the caller is to the thing that is asked for: by customer record, by agent record, as a party of it, or nothing. */
export const relations = ['any', 'own', 'assigned', 'party'] as const;
export type Relation = (typeof relations)[number];

export const me = {
  accountId: '0190a000-0000-7000-8000-0000000000aa',
  customerId: '0190a000-0000-7000-8000-0000000000cc',
  agentId: '0190a000-0000-7000-8000-0000000000dd',
};
export const rolesOf = (role: Role): readonly string[] => [role === 'nobody' ? 'gone' : role];
/** A record alone opens nothing, so everybody has all of them. */
export const callerAs = (role: Role): Caller =>
  entitled({ ...me, roles: rolesOf(role), limits: { reserve: 1_000, payment: 1_000 } });
