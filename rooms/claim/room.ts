/** The claim as a room: what each event does to it, who sits where, and everything a person may do. */
import { z } from 'zod';
import { roomOf, type Stamp } from '../kit.ts';
import { Uuid7 } from '../values.ts';
import { type Claim, events, initial, type Seat } from './claim.ts';
import { addNote } from './commands/add-note.ts';
import { approve } from './commands/approve.ts';
import { assign } from './commands/assign.ts';
import { decline } from './commands/decline.ts';
import { report } from './commands/report.ts';
import { setReserve } from './commands/set-reserve.ts';
import { startDraft } from './commands/start-draft.ts';
import { triage } from './commands/triage.ts';
import { withdraw } from './commands/withdraw.ts';
import { deadlines } from './deadlines.ts';
import { noted } from './notes.ts';
import { view } from './views.ts';

const staff: readonly Seat[] = ['supervisor', 'handler', 'desk'];
const changed = (claim: Claim, { at }: Stamp, change: Partial<Claim>): Claim => ({
  ...claim,
  ...change,
  changedAt: at,
});

export const claimRoom = roomOf<Claim, Seat>()({
  kind: 'claim',
  name: Uuid7,
  version: 1,
  initial,
  events,
  apply: {
    draftStarted: (claim, { holderId, loss }, stamp) =>
      changed(claim, stamp, { status: 'draft', holderId, loss, openedAt: stamp.at }),
    reported: (claim, { holderId, number, loss }, stamp) =>
      changed(claim, stamp, { status: 'submitted', holderId, number, loss, openedAt: claim.openedAt || stamp.at }),
    triaged: (claim, { priority, score }, stamp) =>
      changed(claim, stamp, { status: 'triage', priority, priorityScore: score }),
    assigned: (claim, { handlerId }, stamp) => changed(claim, stamp, { status: 'assigned', handlerId }),
    noteAdded: (claim, note, stamp) => changed(claim, stamp, noted(claim, note, stamp)),
    reserveSet: (claim, { reserve }, stamp) => changed(claim, stamp, { reserve }),
    approved: (claim, { payable }, stamp) => changed(claim, stamp, { status: 'approved', payable }),
    declined: (claim, { reason }, stamp) => changed(claim, stamp, { status: 'denied', reason }),
    withdrawn: (claim, { reason }, stamp) => changed(claim, stamp, { status: 'withdrawn', reason }),
  },
  commands: { startDraft, report, triage, assign, addNote, setReserve, approve, decline, withdraw },
  seat(claim, { roles, agentId, customerId }) {
    if (roles.includes('system')) return 'system';
    if (roles.includes('supervisor')) return 'supervisor';
    // An id alone seats nobody: whoever lost the role keeps the record.
    if (roles.includes('agent')) return agentId !== undefined && claim.handlerId === agentId ? 'handler' : 'desk';
    if (roles.includes('customer') && customerId !== undefined && claim.holderId === customerId) return 'holder';
    return null;
  },
  view,
  signals: { typing: { data: z.strictObject({ field: z.string().max(60) }), from: staff, to: staff } },
  presence: staff,
  deadlines,
});
