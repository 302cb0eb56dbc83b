/**
 * Where each command leads from each status. What is not named here is refused with `claim/not-now`, so the table is total:
 * every pair of status and command is either in it or turned down. Commands take their `when` from it.
 */
import type { Status } from './claim.ts';
import { statuses } from './claim.ts';

/** From a status to where it may lead; a list where it depends on the claim. */
type Leads = { readonly [S in Status]?: Status | readonly Status[] };

const stays = (...at: readonly Status[]): Leads => Object.fromEntries(at.map((status) => [status, status]));
const to = (target: Status, ...from: readonly Status[]): Leads =>
  Object.fromEntries(from.map((status) => [status, target]));

/** Reported and not decided. */
const undecided = ['submitted', 'triage', 'assigned', 'assessment', 'awaiting_info', 'review'] as const;
/** Somebody works on it. */
const worked = [
  'triage',
  'assigned',
  'assessment',
  'awaiting_info',
  'review',
  'approved',
  'partially_approved',
  'settling',
] as const;
const open = ['submitted', ...worked] as const;
/** Reported, and not over yet. */
export const openStatuses: readonly Status[] = open;
/** Money may still move, also on a claim that is decided. */
const paying = [...worked, 'denied', 'closed'] as const;

/** Reported, whatever became of it. */
const afterwards = [...open, 'denied', 'closed', 'withdrawn', 'void'] as const;

/** Where a claim may have to wait for information, and then goes on. */
const asking = ['assigned', 'assessment', 'review'] as const;
const information: Leads = { awaiting_info: ['awaiting_info', ...asking] };
const handing: Leads = {
  ...to('assigned', 'submitted', 'triage', 'assigned'),
  ...stays('assessment', 'awaiting_info', 'review', 'approved', 'partially_approved', 'settling', 'denied'),
};

export const transitions = {
  // A room that does not exist yet has no status.
  startDraft: {},
  saveDraft: stays('draft'),
  discard: to('withdrawn', 'draft'),
  report: to('submitted', 'draft'),
  amendLoss: stays(...undecided),
  triage: to('triage', 'submitted'),
  setPriority: stays('triage', 'assigned', 'assessment', 'awaiting_info', 'review'),
  assign: handing,
  takeOver: handing,
  allot: to('assigned', 'triage'),
  acknowledge: stays('assigned'),
  handBack: to('triage', 'assigned'),
  passOn: to('triage', 'assigned'),
  askForInformation: to('awaiting_info', ...asking, 'awaiting_info'),
  // Also where nothing is asked: a third party must not learn from what is offered that others were asked.
  answerRequest: { ...information, ...stays(...asking) },
  waiveRequest: information,
  noteOverdue: stays('awaiting_info'),
  addNote: stays(...statuses),
  sendMessage: stays(...statuses),
  addParty: stays('draft', ...open, 'denied'),
  linkParty: stays('draft', ...open, 'denied'),
  addVehicle: stays('draft', ...open, 'denied'),
  setLiability: stays(...worked),
  openExposure: stays(...worked),
  closeExposure: stays(...worked, 'denied'),
  reopenExposure: stays(...worked),
  setReserve: stays(...worked, 'denied'),
  approveReserve: stays(...worked, 'denied'),
  refuseReserve: stays(...worked, 'denied'),
  assignAssessor: stays('triage', 'assigned', 'assessment', 'awaiting_info', 'review'),
  startAssessment: to('assessment', 'triage', 'assigned'),
  sendForReview: to('review', 'triage', 'assigned', 'assessment'),
  confirmCoverage: stays(...open, 'denied', 'closed'),
  // From `assigned`, too: a small claim is settled at the desk.
  approve: to('approved', 'assigned', 'review'),
  approvePartially: to('partially_approved', 'assigned', 'review'),
  decline: to('denied', 'assigned', 'review'),
  appeal: to('review', 'denied'),
  // The first payment for the damage itself is what settling is; expenses are paid at any time.
  pay: {
    ...stays(...paying),
    approved: ['approved', 'settling'],
    partially_approved: ['partially_approved', 'settling'],
  },
  approvePayment: stays(...paying),
  refusePayment: stays(...paying),
  issuePayment: stays(...paying),
  clearPayment: stays(...paying),
  stopPayment: stays(...paying),
  voidPayment: stays(...paying),
  failPayment: stays(...paying),
  recordRecovery: stays(...paying),
  // Also when it was taken back: that is what those do who are found out.
  referToInvestigation: stays(...afterwards),
  closeInvestigation: stays(...afterwards),
  holdPayments: stays(...open, 'denied', 'closed'),
  liftHold: stays(...afterwards),
  linkDuplicate: stays(...undecided),
  markVoid: to('void', 'submitted', 'triage', 'assigned'),
  withdraw: to('withdrawn', 'draft', ...open),
  close: to('closed', 'settling', 'denied'),
  reopen: { closed: 'review', withdrawn: 'triage' },
  rate: stays('closed'),
  raiseComplaint: stays(...afterwards),
  resolveComplaint: stays(...afterwards),
  noteNear: stays(...afterwards),
  noteBreach: stays(...afterwards),
} satisfies Record<string, Leads>;

export type CommandName = keyof typeof transitions;

/** The statuses in which a command can be sent. */
export const when = (name: CommandName): readonly Status[] => Object.keys(transitions[name]) as Status[];

/** Where a command may lead from a status; empty: it is refused there. */
export const leadsTo = (name: CommandName, from: Status): readonly Status[] => {
  const leads = (transitions[name] as Leads)[from];
  return leads === undefined ? [] : typeof leads === 'string' ? [leads] : leads;
};
