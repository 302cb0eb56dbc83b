/** How an agent at work is told something. */
import { derivedId } from '../../src/runtime/command-hash.ts';
import type { Consequence, Happened } from '../../src/runtime/reactions.ts';
import type { Alert } from '../../rooms/session/session.ts';

export const sessionOf = (agentId: string) => `session/${agentId}`;
export const claimIdOf = (room: string) => room.slice('claim/'.length);

/** Its id follows from what happened, so that the same is never told twice. */
export const alertTo = (
  agentId: string,
  { room, seq, at }: Happened,
  alert: Pick<Alert, 'kind' | 'level' | 'text'>,
  claimId: string | undefined = room.startsWith('claim/') ? claimIdOf(room) : undefined,
): Consequence => ({
  send: {
    room: sessionOf(agentId),
    name: 'alert',
    input: {
      id: derivedId(at, `${room} ${seq} alert ${agentId}`),
      ...alert,
      ...(claimId !== undefined && { claimId }),
    },
  },
});
