/** What a handler at work must see at once: times that are near or missed, and what comes from the holder. */
import type { Claim } from '../../rooms/claim/claim.ts';
import type { DataOf, Events } from '../../rooms/claim/events.ts';
import type { Alert } from '../../rooms/session/session.ts';
import type { Happened, Reaction } from '../../src/runtime/reactions.ts';
import { targetWords } from './target-words.ts';
import { alertTo } from './session-of.ts';

type Told = Pick<Alert, 'kind' | 'level' | 'text'> | null;
type Tells = { readonly [K in keyof Events]?: (data: DataOf<K>, claim: Claim) => Told };

const tells: Tells = {
  slaNear: ({ target, dueAt }, { number }) => ({
    kind: 'near',
    level: 'warning',
    text: `${number}: ${targetWords[target]} by ${dueAt.slice(0, 16).replace('T', ' ')} UTC.`,
  }),
  slaBreached: ({ target }, { number }) => ({
    kind: 'breach',
    level: 'urgent',
    text: `${number}: ${targetWords[target]} is late.`,
  }),
  messageSent: ({ from }, { number }) =>
    from === 'us' ? null : { kind: 'message', level: 'info', text: `${number}: a message came in.` },
  requestAnswered: (_, { number }) => ({
    kind: 'answer',
    level: 'info',
    text: `${number}: what was asked for came in.`,
  }),
  requestOverdue: (_, { number }) => ({
    kind: 'overdue',
    level: 'warning',
    text: `${number}: what was asked for did not come in time.`,
  }),
  complaintRaised: (_, { number }) => ({ kind: 'message', level: 'urgent', text: `${number}: there is a complaint.` }),
};

export const whenHandlerIsNeeded: readonly Reaction[] = Object.entries(tells).map(([type, tell]) => ({
  name: `alert-on-${type}`,
  to: `claim.${type}`,
  causes(happened: Happened<never, Claim>) {
    const { data, state, bySeat } = happened;
    const { handlerId } = state;
    // What handlers do themselves they need not be told.
    if (handlerId === undefined || bySeat === 'handler') return [];
    const told = (tell as (data: unknown, claim: Claim) => Told)(data, state);
    return told ? [alertTo(handlerId, happened, told)] : [];
  },
}));
