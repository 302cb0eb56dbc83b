/** What outsiders read of a claim in so many words. One place, so that nobody tells them more. */
import type { Status } from '../claim.ts';

/** Where their claim stands. That it is looked into, or held, is not for them to read here. */
export const labels: Readonly<Record<Status, string>> = {
  draft: 'Not sent',
  submitted: 'Submitted',
  triage: 'In review',
  assigned: 'In review',
  assessment: 'Being assessed',
  awaiting_info: 'We need something from you',
  review: 'Decision',
  approved: 'Approved',
  partially_approved: 'Partially approved',
  denied: 'Denied',
  settling: 'Payment on its way',
  closed: 'Closed',
  withdrawn: 'Withdrawn',
  void: 'Void',
};

/** Goes with every refusal, whole or in part. */
export const rightToComplain =
  'If you disagree, tell us: you can ask us to look again, or complain. We answer a complaint within eight weeks. If our answer does not satisfy you, or does not come in time, you can take it to the Financial Ombudsman Service within six months, free of charge.';
