/**
 * Tells the other nodes, again and again, where the rooms stand that changed of late. A lost message in the middle shows as a
 * hole; a lost last one shows as nothing at all, and only this finds it. Faster while the fan-out is down: then it is all there is.
 */
import type { Limits } from '../limits.ts';
import type { Host } from '../runtime/host.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Peers } from './peers.ts';
import type { Fanout, Membership } from './ports.ts';

interface Deps {
  readonly host: Host;
  readonly membership: Membership;
  readonly peers: Peers;
  readonly fanout: Fanout;
  readonly clock: Clock;
  readonly limits: Limits;
}

export const createBeacon = ({ host, membership, peers, fanout, clock, limits }: Deps) => {
  let sentAt = -Infinity;
  return {
    /** To be called every `beaconFastMs`. */
    tick() {
      if (fanout.isUp && clock.monotonic() - sentAt < limits.beaconEveryMs) return;
      sentAt = clock.monotonic();
      const { self, nodes } = membership;
      const { beats, nodes: watching } = host.beats(nodes.some((node) => node !== self));
      // Also those who watch from outside the circle, as a node on its way out does, or one that the board has not shown us yet.
      const others = new Set([...nodes, ...watching]);
      others.delete(self);
      for (let i = 0; i < beats.length; i += limits.beaconRoomsMax) {
        const part = beats.slice(i, i + limits.beaconRoomsMax);
        for (const node of others) peers.tell(node, { verb: 'beacon', beats: part });
      }
    },
  };
};
