/** How many of each a claim may have: what is in its memory is sent to everybody who looks at it. */
import { reject, type Rejection } from '../kit.ts';

export const most = {
  parties: 60,
  vehicles: 20,
  exposures: 40,
  reserveLines: 120,
  payments: 150,
  recoveries: 40,
  openRequests: 10,
} as const;

/** The refusal of one more, if there are as many as there may be. */
export const full = (of: keyof typeof most, count: number): Rejection | null =>
  count >= most[of] ? reject('claim/too-many', { of, max: most[of] }) : null;
