/** Whose claim is it? A customer opens their own; staff open one on behalf of a named customer. */
import { reject, type Caller, type Rejection } from '../kit.ts';
import type { Permission } from '../permissions.ts';
import type { Seat } from './claim.ts';

/** Who may open a claim, and where they then sit. */
export const opening = {
  'system.act': 'system',
  'claims.supervise': 'supervisor',
  'claims.handle': 'desk',
  'claims.own': 'holder',
} as const satisfies { readonly [P in Permission]?: Seat };

export const holderOf = (by: Caller, seat: Seat, named: string | undefined): string | Rejection => {
  if (seat === 'holder') {
    if (named !== undefined && named !== by.customerId) return reject('forbidden', { field: 'holderId' });
    return by.customerId ?? reject('claim/no-customer');
  }
  return named ?? reject('invalid', { issues: [{ path: 'holderId', message: 'say whose claim it is' }] });
};
