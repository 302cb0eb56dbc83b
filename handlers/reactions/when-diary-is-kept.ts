/** Rules of the diary: what a claim makes somebody do, and what becomes of activities nobody does. */
import type { Activity } from '../../rooms/activity/activity.ts';
import { addWorkDays } from '../../rooms/calendar.ts';
import type { Claim } from '../../rooms/claim/claim.ts';
import type { Events } from '../../rooms/claim/events.ts';
import { workCalendar } from '../../rooms/work-calendar.ts';
import { derivedId } from '../../src/runtime/command-hash.ts';
import type { Happened, Reaction } from '../../src/runtime/reactions.ts';
import { notify, supervisors } from './notify.ts';
import { alertTo, claimIdOf } from './session-of.ts';

/** Days of work it may take. */
const rules = {
  assessmentStarted: { rule: 'chase-assessment', subject: 'See that the assessment comes in.', days: 3 },
  requestOverdue: { rule: 'chase-answer', subject: 'Ask again for what did not come in.', days: 1 },
  paymentFailed: { rule: 'pay-again', subject: 'Find out why the payment failed, and pay again.', days: 1 },
  complaintRaised: { rule: 'acknowledge-complaint', subject: 'Write to whoever complained that we have it.', days: 1 },
  appealed: { rule: 'hear-appeal', subject: 'Read the appeal and what came with it.', days: 2 },
  reopened: { rule: 'open-exposures', subject: 'Open again the exposures that are needed.', days: 1 },
} as const satisfies { readonly [K in keyof Events]?: { rule: string; subject: string; days: number } };

const byRule: readonly Reaction[] = Object.entries(rules).map(([type, { rule, subject, days }]) => ({
  name: `plan-on-${type}`,
  to: `claim.${type}`,
  causes: ({ room, seq, at, state: { number, handlerId } }: Happened<unknown, Claim>) => [
    {
      send: {
        room: `activity/${derivedId(at, `${room} ${seq} ${rule}`)}`,
        name: 'plan',
        input: {
          subject: `${number}: ${subject}`,
          dueAt: addWorkDays(at, days, workCalendar),
          claimId: claimIdOf(room),
          rule,
          ...(handlerId !== undefined && { agentId: handlerId }),
        },
      },
    },
  ],
}));

type Of = Happened<unknown, Activity>;
const about = ({ room, state: { claimId } }: Of) => (claimId === undefined ? room : `claim/${claimId}`);
const late: readonly Reaction[] = [
  {
    name: 'tell-on-overdue',
    to: 'activity.overdue',
    causes(happened: Of) {
      const { subject, agentId } = happened.state;
      if (agentId === undefined) return [];
      const text = `Overdue: ${subject}`;
      return [
        alertTo(agentId, happened, { kind: 'activity', level: 'warning', text }, happened.state.claimId),
        ...notify({ ...happened, room: about(happened) }, [{ to: { agentId }, level: 'warning', text }]),
      ];
    },
  },
  {
    name: 'tell-on-escalated',
    to: 'activity.escalated',
    causes: (happened: Of) =>
      notify({ ...happened, room: about(happened) }, [
        { to: supervisors, level: 'urgent', text: `Nobody has done it: ${happened.state.subject}` },
      ]),
  },
];
/** What a claim that is over would still have had to be done. */
const over: readonly Reaction[] = (['closed', 'withdrawn', 'voided'] as const).map((type) => ({
  name: `cancel-activities-on-${type}`,
  to: `claim.${type}`,
  causes: ({ room, seq, at }: Happened) => [
    { task: 'cancel-activities', payload: { claimId: claimIdOf(room), seq, at } },
  ],
}));

export const whenDiaryIsKept: readonly Reaction[] = [...byRule, ...late, ...over];
