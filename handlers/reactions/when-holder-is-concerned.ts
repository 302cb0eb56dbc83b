/** What holders are told of their claim, in the very words its timeline has for their seat: nothing else can reach them here. */
import type { Claim } from '../../rooms/claim/claim.ts';
import type { Events } from '../../rooms/claim/events.ts';
import { wordsForHolder } from '../../src/read/claim-words-outside.ts';
import type { Happened, Reaction } from '../../src/runtime/reactions.ts';
import { notify } from './notify.ts';

/** Of the rest they hear when they look. */
const concerning = {
  reported: 'info',
  assigned: 'info',
  assessmentStarted: 'info',
  informationAsked: 'warning',
  requestWaived: 'info',
  messageSent: 'info',
  approved: 'info',
  partiallyApproved: 'warning',
  declined: 'warning',
  paymentIssued: 'info',
  paymentCleared: 'info',
  paymentFailed: 'warning',
  complaintResolved: 'info',
  voided: 'warning',
  withdrawn: 'info',
  closed: 'info',
  reopened: 'info',
} as const satisfies { readonly [K in keyof Events]?: 'info' | 'warning' };

type Say = (data: unknown, about: { claim: Claim; bySeat: string }) => string | null;

export const whenHolderIsConcerned: readonly Reaction[] = Object.entries(concerning).map(([type, level]) => ({
  name: `tell-holder-on-${type}`,
  to: `claim.${type}`,
  causes(happened: Happened<unknown, Claim>) {
    const { data, state, bySeat } = happened;
    const text = (wordsForHolder[type as keyof Events] as Say)(data, { claim: state, bySeat });
    // What they wrote themselves is in the claim.
    if (text === null || (type === 'messageSent' && bySeat === 'holder')) return [];
    const told = { to: { customerId: state.holderId }, level, text: `${state.number}: ${text}` };
    return notify(happened, [type === 'reported' ? { ...told, isAnswer: true } : told]);
  },
}));
