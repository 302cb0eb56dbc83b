/** What each seat sees. Outsiders get an allow-list: a new field stays hidden until it is named here. */
import type { Claim, Seat } from './claim.ts';

const staff = (claim: Claim) => claim;

const holder = ({ status, number, holderId, loss, payable, reason, openedAt, changedAt }: Claim) => ({
  status,
  number,
  holderId,
  loss,
  ...(payable && { payable }),
  ...(reason !== undefined && { reason }),
  openedAt,
  changedAt,
});

export const view = { system: staff, supervisor: staff, handler: staff, desk: staff, holder } satisfies Record<
  Seat,
  (claim: Claim) => object
>;
