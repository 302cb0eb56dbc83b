/** States of rooms in which the caller is this or that to the room. A kind that knows no owner needs no entry. */
import { given } from '../../rooms/given.ts';
import { rooms as register } from '../../rooms/index.ts';
import type { AnyRoom } from '../../rooms/kit.ts';
import { claimsByStatus, partyAdded } from '../../rooms/claim/fake-claims.ts';
import { me, type Relation } from './cast.ts';

/** Somebody else’s room, and what makes it the caller’s. */
interface Situations {
  readonly others?: unknown;
  readonly mine: { readonly [R in Relation]?: (others: object) => object };
}
const claim = given(register.claim, ...claimsByStatus.assessment, partyAdded).state;
const situationsByKind: Readonly<Record<string, Situations>> = {
  claim: {
    others: claim,
    mine: {
      own: (state) => ({ ...state, holderId: me.customerId }),
      assigned: (state) => ({ ...state, handlerId: me.agentId, assessorId: me.agentId }),
      party: (state) => ({
        ...state,
        parties: Object.fromEntries(
          Object.entries(claim.parties).map(([id, party]) => [id, { ...party, customerId: me.customerId }]),
        ),
      }),
    },
  },
  activity: { mine: { assigned: (state) => ({ ...state, agentId: me.agentId }) } },
  inbox: { mine: { own: (state) => ({ ...state, accountId: me.accountId }) } },
  session: { mine: { own: (state) => ({ ...state, agentId: me.agentId }) } },
};

export const situationOf = (room: AnyRoom, relation: Relation): { readonly status: string } => {
  const { others = room.initial, mine = {} }: Partial<Situations> = situationsByKind[room.kind] ?? {};
  return (mine[relation]?.(others as object) ?? others) as { readonly status: string };
};
