/** PUT and PATCH of a claim: its loss told anew, while it is a draft or later. */
import type { LossDraft } from '../../rooms/claim/claim.ts';
import type { Refusal } from '../../rooms/protocol.ts';
import { problem, refusedBy } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import type { RoomsApi } from '../../src/runtime/api.ts';
import type { Ask } from '../../src/runtime/ports.ts';
import { doneBody, tagged } from './claim-address.ts';
import { sendByStage } from './claim-stage.ts';

type Rooms = Pick<RoomsApi, 'read' | 'send'>;
type Asked = Omit<Ask, 'name' | 'input'>;

export const tellLoss = async (
  rooms: Rooms,
  ask: Asked,
  { loss, why }: { readonly loss: LossDraft; readonly why?: string | undefined },
  how: 'all' | 'some',
) => {
  if (how === 'all') {
    const issues = await leftOut(rooms, ask, loss);
    if ('ok' in issues) return refusedBy(issues);
    if (issues.length > 0) return problem('invalid', { issues });
  }
  const ack = await sendByStage(rooms, ask, {
    draft: { name: 'saveDraft', input: { loss } },
    later: { name: 'amendLoss', input: { loss, ...(why !== undefined && { why }) } },
  });
  if (ack.ok) return answer(doneBody(ack), tagged(ack.seq));
  if (ack.code !== 'claim/unchanged') return refusedBy(ack);
  // It stands as it was to stand.
  const sight = await rooms.read(ask.room, ask.by);
  return sight.ok ? answer({ epoch: sight.epoch, seq: sight.seq }, tagged(sight.seq)) : refusedBy(sight);
};

/** What was told once can be told otherwise, not taken away: a PUT that leaves it out would not get what it says. */
const leftOut = async (rooms: Rooms, { room, by }: Asked, loss: LossDraft) => {
  const sight = await rooms.read(room, by);
  if (!sight.ok) return sight satisfies Refusal;
  const { loss: told = {} } = sight.view as { readonly loss?: LossDraft };
  return Object.keys(told)
    .filter((field) => !Object.hasOwn(loss, field))
    .map((field) => ({ path: `loss.${field}`, message: 'has been told: tell it again, or otherwise' }));
};
