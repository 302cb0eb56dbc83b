/** Fetches the patches this node has missed, from the owner's memory, and tells them to the groups; one fetch at a time per room. */
import type { Refusal } from '../../rooms/protocol.ts';
import type { CaughtUp } from '../runtime/change.ts';
import type { Log, Meter, NodeId, Tell } from '../runtime/ports.ts';
import type { Seats } from '../runtime/watching.ts';
import type { Peers } from './peers.ts';
import type { Regain } from './regain.ts';
import { follow, type Sitting, tellSeat } from './sitting.ts';

interface Deps {
  readonly self: NodeId;
  seatsOf(room: string): Seats;
  readonly peers: Peers;
  readonly regain: Regain;
  readonly tell: Tell;
  readonly meter: Meter;
  readonly log: Log;
}

export const createCatchUp = ({ self, seatsOf, peers, regain, tell, meter, log }: Deps) => {
  const take = (sitting: Sitting, { patches, sights, lasts }: CaughtUp) => {
    for (const patch of Object.values(patches).flat()) if (!follow(sitting, patch, tell)) sitting.isBehindAgain = true;
    for (const [seat, sight] of Object.entries(sights)) {
      const last = lasts[seat] ?? 0;
      if ((sitting.lasts.get(seat) ?? Infinity) >= last) continue;
      sitting.lasts.set(seat, last);
      tellSeat(sitting, seat, { room: sitting.room, ...sight }, tell);
    }
  };

  const fetch = async (sitting: Sitting) => {
    const { room, owner, epoch, seating } = sitting;
    const lasts = Object.fromEntries(sitting.lasts);
    const reply =
      owner === self
        ? seatsOf(room).catchUp(room, epoch, lasts)
        : ((await peers.ask(owner, { verb: 'catchUp', room, epoch, lasts })) as CaughtUp | Refusal | null);
    // Somebody has started over meanwhile, and knows better.
    if (sitting.epoch !== epoch || sitting.seating !== seating) return;
    if (!reply?.ok || reply.seating !== seating) return regain.startOver(sitting);
    meter.cluster('repaired');
    take(sitting, reply);
  };

  return async (sitting: Sitting) => {
    sitting.isBehindAgain = true;
    if (sitting.isCatchingUp) return;
    sitting.isCatchingUp = true;
    try {
      while (sitting.isBehindAgain) {
        sitting.isBehindAgain = false;
        await fetch(sitting);
      }
    } catch (error) {
      log.error({ room: sitting.room, error: String(error) }, 'what was missed could not be fetched');
    } finally {
      sitting.isCatchingUp = false;
    }
  };
};
