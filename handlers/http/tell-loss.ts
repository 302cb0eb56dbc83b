/** PUT and PATCH of a claim: its loss told anew, while it is a draft or later. */
import type { LossDraft } from '../../rooms/claim/claim.ts';
import type { Sight } from '../../rooms/protocol.ts';
import { problem, refusedBy } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import type { RoomsApi } from '../../src/runtime/api.ts';
import type { Ask } from '../../src/runtime/ports.ts';
import { doneBody, tagged } from './claim-address.ts';
import { sendByStage } from './claim-stage.ts';

type Rooms = Pick<RoomsApi, 'read' | 'send'>;
type Asked = Omit<Ask, 'name' | 'input'>;

/** No claim stands here: what is sent for it is answered if it was done before, and otherwise not done. */
const nowhere = 0;

export const tellLoss = async (
  rooms: Rooms,
  ask: Asked,
  { loss, why }: { readonly loss: LossDraft; readonly why?: string | undefined },
  how: 'all' | 'some',
) => {
  const before = how === 'all' ? await rooms.read(ask.room, ask.by) : null;
  if (before && !before.ok) return refusedBy(before);
  const issues = before ? leftOut(before, loss) : [];
  const ack = await sendByStage(rooms, issues.length > 0 ? { ...ask, expectedSeq: nowhere } : ask, {
    draft: { name: 'saveDraft', input: { loss } },
    later: { name: 'amendLoss', input: { loss, ...(why !== undefined && { why }) } },
  });
  if (ack.ok) return answer(doneBody(ack), tagged(ack.seq));
  if (before && issues.length > 0 && (ack.code === 'stale' || ack.code === 'claim/unchanged')) {
    const isStale = ask.expectedSeq !== undefined && ask.expectedSeq !== before.seq;
    return isStale ? problem('stale', { seq: before.seq }) : problem('invalid', { issues });
  }
  if (ack.code !== 'claim/unchanged') return refusedBy(ack);
  // It stands as it was to stand.
  const sight = await rooms.read(ask.room, ask.by);
  return sight.ok ? answer({ epoch: sight.epoch, seq: sight.seq }, tagged(sight.seq)) : refusedBy(sight);
};

/** What was told once can be told otherwise, not taken away: a PUT that leaves it out would not get what it says. */
const leftOut = ({ view }: Sight, loss: LossDraft) =>
  Object.keys((view as { readonly loss?: LossDraft }).loss ?? {})
    .filter((field) => !Object.hasOwn(loss, field))
    .map((field) => ({ path: `loss.${field}`, message: 'has been told: tell it again, or otherwise' }));
