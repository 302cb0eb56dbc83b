/** Whose policies may this caller see? */
import type { Caller } from '../../rooms/kit.ts';

/** By name, not "everybody but customers": a role made for outsiders one day must not open all policies at once. */
const staffRoles = ['agent', 'supervisor', 'investigator', 'auditor', 'administrator'];

export type Reach = 'all' | { readonly customerId: string } | 'none';

export const reachOf = ({ roles, customerId }: Pick<Caller, 'roles' | 'customerId'>): Reach => {
  if (roles.some((role) => staffRoles.includes(role))) return 'all';
  // An id alone reaches nothing: whoever lost the role keeps the record.
  return roles.includes('customer') && customerId !== undefined ? { customerId } : 'none';
};
