/** Somebody can take claims, or has left without having begun theirs. */
import type { Session } from '../../rooms/session/session.ts';
import type { sessionRoom } from '../../rooms/session/room.ts';
import type { Happened, Reaction } from '../../src/runtime/reactions.ts';
import type { DataOf } from './data-of.ts';
import { look } from './look.ts';

const isFree = ({ state: { status } }: Happened<unknown, Session>) => (status === 'available' ? [look] : []);

export const whenAgentComesOrGoes: readonly Reaction[] = [
  ...['started', 'statusSet', 'cameBack', 'released', 'recordChanged'].map((type) => ({
    name: `desk-on-${type}`,
    to: `session.${type}`,
    causes: isFree,
  })),
  {
    name: 'pass-on-when-ended',
    to: 'session.ended',
    causes: ({ data: { unanswered }, state }: Happened<DataOf<typeof sessionRoom, 'ended'>, Session>) =>
      unanswered.map((claimId) => ({
        send: {
          room: `claim/${claimId}`,
          name: 'passOn',
          input: { handlerId: state.agentId, cause: 'session-ended' },
        },
      })),
  },
];
