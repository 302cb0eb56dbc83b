/** Whose policies may this caller see? */
import type { Caller } from '../../rooms/kit.ts';
import { may } from '../../rooms/permissions.ts';

export type Reach = 'all' | { readonly customerId: string } | 'none';

export const reachOf = (caller: Pick<Caller, 'permissions' | 'customerId'>): Reach => {
  if (may(caller, 'policies.read')) return 'all';
  const { customerId } = caller;
  // An id alone reaches nothing: whoever lost the permission keeps the record.
  return may(caller, 'policies.own') && customerId !== undefined ? { customerId } : 'none';
};
