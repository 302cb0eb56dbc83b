/** What handlers and those who lead are told in their inboxes, whether they are at work or not. Of suspicions nothing: they are the investigators'. */
import type { Claim } from '../../rooms/claim/claim.ts';
import type { DataOf, Events } from '../../rooms/claim/events.ts';
import type { Happened, Reaction } from '../../src/runtime/reactions.ts';
import { notify, type Receiver, supervisors, type Told } from './notify.ts';
import { targetWords } from './target-words.ts';

type Tells = { readonly [K in keyof Events]?: (data: DataOf<K>, claim: Claim) => readonly (Told | null)[] };

const handler = ({ handlerId }: Claim): Receiver | null => (handlerId === undefined ? null : { agentId: handlerId });
const told = (to: Receiver | null, level: Told['level'], text: string): Told | null => to && { to, level, text };
const isUrgent = ({ priority }: Claim) => priority === 'P1' || priority === 'P2';
const until = (at: string) => `${at.slice(0, 16).replace('T', ' ')} UTC`;

const tells: Tells = {
  assigned: ({ handlerId }, { number }) => [told({ agentId: handlerId }, 'info', `${number} is yours.`)],
  handedBack: ({ handlerId, cause }, { number }) =>
    cause === 'unanswered'
      ? [
          told({ agentId: handlerId }, 'warning', `${number} was not answered in time and goes to somebody else.`),
          told(supervisors, 'warning', `${number} was not answered in time and waits again.`),
        ]
      : [],
  slaNear: ({ target, dueAt }, claim) => {
    const text = `${claim.number}: ${targetWords[target]} by ${until(dueAt)}.`;
    return [told(handler(claim), 'warning', text), isUrgent(claim) ? told(supervisors, 'warning', text) : null];
  },
  slaBreached: ({ target }, claim) => {
    const text = `${claim.number}: ${targetWords[target]} is late.`;
    return [told(handler(claim), 'urgent', text), told(supervisors, 'urgent', text)];
  },
  requestAnswered: (_, claim) => [told(handler(claim), 'info', `${claim.number}: what was asked for came in.`)],
  requestOverdue: (_, claim) => [
    told(handler(claim), 'warning', `${claim.number}: what was asked for did not come in time.`),
  ],
  messageSent: ({ from }, claim) =>
    from === 'us' ? [] : [told(handler(claim), 'info', `${claim.number}: a message came in.`)],
  complaintRaised: ({ dueBy }, claim) => {
    const text = `${claim.number}: a complaint, to be answered by ${dueBy.slice(0, 10)}.`;
    return [told(handler(claim), 'urgent', text), told(supervisors, 'urgent', text)];
  },
  reserveAsked: (_, { number }) => [told(supervisors, 'info', `${number}: a reserve waits for approval.`)],
  reserveApproved: (_, claim) => [told(handler(claim), 'info', `${claim.number}: the reserve was approved.`)],
  reserveRefused: ({ why }, claim) => [told(handler(claim), 'warning', `${claim.number}: reserve refused: ${why}`)],
  paymentMade: ({ status }, { number }) =>
    status === 'pending_approval' ? [told(supervisors, 'info', `${number}: a payment waits for approval.`)] : [],
  paymentApproved: (_, claim) => [told(handler(claim), 'info', `${claim.number}: a payment was approved.`)],
  paymentRefused: ({ why }, claim) => [told(handler(claim), 'warning', `${claim.number}: payment refused: ${why}`)],
};

type Tell = (data: unknown, claim: Claim) => readonly (Told | null)[];
export const whenStaffAreConcerned: readonly Reaction[] = Object.entries(tells).map(([type, tell]) => ({
  name: `tell-staff-on-${type}`,
  to: `claim.${type}`,
  causes: (happened: Happened<unknown, Claim>) =>
    notify(
      happened,
      (tell as Tell)(happened.data, happened.state).filter((each) => each !== null),
    ),
}));
