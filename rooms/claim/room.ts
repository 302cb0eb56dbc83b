/** The claim as a room: what each event does to it, who sits where, and everything a person may do. */
import { z } from 'zod';
import { roomOf } from '../kit.ts';
import { Uuid7 } from '../values.ts';
import { answering } from './apply/answering.ts';
import { amounts } from './apply/amounts.ts';
import { lifecycle } from './apply/lifecycle.ts';
import { people } from './apply/people.ts';
import { requests } from './apply/requests.ts';
import { type Claim, initial, type Seat, statuses } from './claim.ts';
import { commands } from './commands.ts';
import { deadlines } from './deadlines.ts';
import { events } from './events.ts';
import { refusals } from './refusals.ts';
import { seat } from './seats.ts';
import { view } from './views/views.ts';

/** Who works on it together. Investigators and auditors look in unseen. */
const colleagues: readonly Seat[] = ['supervisor', 'handler', 'assessor', 'desk'];

export const claimRoom = roomOf<Claim, Seat>()({
  kind: 'claim',
  name: Uuid7,
  // Later than 3: a claim knows when its damage was looked at, so that is worked out anew from its events.
  version: 4,
  statuses,
  initial,
  events,
  apply: answering({ ...lifecycle, ...requests, ...people, ...amounts }),
  commands,
  refusals,
  seat,
  view,
  signals: { typing: { data: z.strictObject({ field: z.string().max(60) }), from: colleagues, to: colleagues } },
  presence: colleagues,
  deadlines,
  upcast: { state: (stored) => stored as Claim },
});
