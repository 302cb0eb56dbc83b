/**
 * Rooms go to the node they belong to. When one joins, the others give it its share a few rooms at a time; when this one is to
 * stop, it gives away all. A room somebody waits for is first closed to newcomers, who are sent on, and let go when it is quiet,
 * or when its time is up: even that is safe, for the next owner raises its epoch.
 */
import type { Limits } from '../limits.ts';
import type { Host } from '../runtime/host.ts';
import type { Clock, Meter, NodeId, Timers } from '../runtime/ports.ts';
import type { Peers } from './peers.ts';
import type { Placement } from './placement.ts';
import type { Membership } from './ports.ts';

interface Deps {
  readonly host: Host;
  readonly placement: Placement;
  readonly membership: Membership;
  readonly peers: Pick<Peers, 'tell'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly meter: Meter;
  readonly limits: Limits;
}

/** How often a closed room is looked at again. */
const lookMs = 20;

export const createHandOver = ({ host, placement, membership, peers, clock, timers, meter, limits }: Deps) => {
  const { self } = membership;
  const closing = new Map<string, number>();
  let changedAt = clock.monotonic();
  let isBalanced = false;
  let isLooking = false;
  membership.onChange(() => {
    changedAt = clock.monotonic();
    isBalanced = false;
  });

  const letGo = (room: string) => {
    closing.delete(room);
    meter.cluster('handedOver');
  };
  const look = () => {
    for (const [room, until] of closing) {
      if (host.release(room)) letGo(room);
      else if (clock.monotonic() >= until) {
        host.relinquish(room);
        letGo(room);
      }
    }
    isLooking = closing.size > 0;
    if (isLooking) timers.after(lookMs, look);
  };
  const close = (room: string, to: NodeId) => {
    placement.leave(room, to);
    closing.set(room, clock.monotonic() + limits.closingMs);
    if (isLooking) return;
    isLooking = true;
    timers.soon(look);
  };
  /** Begins to give away rooms that belong elsewhere; true if none is left. */
  const giveAway = (atMost: number): boolean => {
    let left = atMost;
    const given = new Map<NodeId, string[]>();
    for (const { room } of host.held()) {
      if (closing.has(room)) continue;
      const home = placement.home(room);
      if (home === self) continue;
      if (left-- === 0) break;
      close(room, home);
      const rooms = given.get(home);
      if (rooms) rooms.push(room);
      else given.set(home, [room]);
    }
    for (const [node, rooms] of given) peers.tell(node, { verb: 'given', rooms });
    return closing.size === 0;
  };

  const hasOthers = () => membership.nodes.some((node) => node !== self);

  return {
    hasOthers,
    /** A few rooms, once membership has stood still for a while: a node that comes and goes moves nothing. */
    balance() {
      if (isBalanced || clock.monotonic() - changedAt < limits.handOverSettleMs) return;
      isBalanced = giveAway(limits.handOverRoomsMax);
    },
    /** All rooms, if there is anybody to take them. True if nothing is left. */
    async leave(): Promise<boolean> {
      const until = clock.monotonic() + limits.drainMs;
      // The next owners load from these; what happens meanwhile they replay.
      await host.snapshotAll(clock.monotonic() + limits.drainMs / 2);
      void membership.leave().catch(() => {});
      while (hasOthers() && clock.monotonic() < until) {
        if (giveAway(limits.handOverRoomsMax)) return true;
        await new Promise<void>((resolve) => void timers.after(lookMs, resolve));
      }
      return host.rooms === 0;
    },
  };
};
