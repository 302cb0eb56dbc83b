/**
 * Once a second: does the journal still name this node for the rooms it holds? A node that lost a room and has nothing to write
 * there would never notice, and go on showing what is old. Writes need no audit; they are fenced.
 */
import type { Limits } from '../limits.ts';
import type { Host } from '../runtime/host.ts';
import type { Log, Meter, Store } from '../runtime/ports.ts';
import type { Placement } from './placement.ts';
import type { Membership } from './ports.ts';

interface Deps {
  readonly host: Host;
  readonly store: Pick<Store, 'ownersOf'>;
  readonly placement: Placement;
  readonly membership: Membership;
  readonly meter: Meter;
  readonly log: Log;
  readonly limits: Limits;
}

/** A note is said again after so many looks, well before it lapses. */
const refreshTicks = 20;

export const createAudit = ({ host, store, placement, membership, meter, log, limits }: Deps) => {
  let isLooking = false;
  /** How many of the rooms held were looked at so far; a node with very many takes a few seconds for all. */
  let done = 0;
  /** And how many were said to the board again. */
  let said = 0;

  const nextRooms = () => {
    const held = [...host.held()];
    if (done >= held.length) done = 0;
    const rooms = held.slice(done, done + limits.auditRoomsMax);
    done += rooms.length;
    if (said >= held.length) said = 0;
    const toSay = held.slice(said, said + Math.ceil(held.length / refreshTicks));
    said += toSay.length;
    placement.refresh(toSay);
    return rooms;
  };

  return {
    async look() {
      if (isLooking) return;
      isLooking = true;
      try {
        const rooms = nextRooms();
        if (rooms.length === 0) return;
        const heads = await store.ownersOf(rooms.map(({ room }) => room));
        const epochs = new Map(rooms.map(({ room, epoch }) => [room, epoch]));
        for (const { room, owner, epoch } of heads) {
          const held = epochs.get(room)!;
          if (epoch <= held) continue;
          meter.cluster('audited');
          if (!membership.nodes.includes(owner))
            log.warn(
              { room, owner },
              'a node unknown to this cluster has taken a room; do two servers share this database without knowing of each other?',
            );
          host.disown(room, held);
        }
      } catch (error) {
        log.warn({ error: String(error) }, 'it could not be asked which rooms are still held');
      } finally {
        isLooking = false;
      }
    },
  };
};
