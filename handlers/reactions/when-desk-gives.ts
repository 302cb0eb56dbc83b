/** The desk has chosen: each claim is told its handler, and says itself whether it can still have one. */
import type { DataOf } from './data-of.ts';
import type { Consequence, Happened, Reaction } from '../../src/runtime/reactions.ts';
import type { deskRoom } from '../../rooms/desk/room.ts';
import { look } from './look.ts';

export const whenDeskGives: Reaction = {
  name: 'allot-on-handed-out',
  to: 'desk.handedOut',
  causes: ({ data: { offers, isMore } }: Happened<DataOf<typeof deskRoom, 'handedOut'>>): readonly Consequence[] => [
    ...offers.map(({ claimId, agentId, chosen }) => ({
      send: { room: `claim/${claimId}`, name: 'allot', input: { handlerId: agentId, chosen } },
    })),
    ...(isMore ? [look] : []),
  ],
};
