/** What each seat sees. Outsiders get an allow-list: a new field stays hidden until it is named there. */
import type { Claim, Seat } from '../claim.ts';
import { assessor } from './assessor.ts';
import { holder } from './holder.ts';
import { staff, whole } from './staff.ts';
import { thirdParty } from './third-party.ts';

export const view = {
  system: whole,
  investigator: whole,
  supervisor: staff,
  handler: staff,
  assessor,
  desk: staff,
  auditor: whole,
  holder,
  thirdParty,
} satisfies Record<Seat, (claim: Claim) => object>;
