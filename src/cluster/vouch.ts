/**
 * Tells owners, every few seconds, who of this node's watchers sits with them and how far they were told. Whom nobody vouches for
 * is taken for gone; whatever a lost message has left wrong on either side is found here at the latest.
 */
import type { Limits } from '../limits.ts';
import type { Corrected, Vouched } from '../runtime/change.ts';
import type { NodeId } from '../runtime/ports.ts';
import type { Peers } from './peers.ts';
import type { Regain } from './regain.ts';
import type { Sitting } from './sitting.ts';

interface Deps {
  readonly self: NodeId;
  readonly sittings: ReadonlyMap<string, Sitting>;
  readonly peers: Peers;
  readonly regain: Regain;
  readonly limits: Limits;
  hearBeats(beats: Corrected['beats']): void;
}

export const createVouch = ({ self, sittings, peers, regain, limits, hearBeats }: Deps) => {
  const say = async (owner: NodeId, rooms: readonly Vouched[]) => {
    const reply = (await peers.ask(owner, { verb: 'vouch', rooms })) as Corrected | null;
    if (!reply?.ok) return;
    hearBeats(reply.beats);
    const epochs = new Map(rooms.map(({ room, epoch }) => [room, epoch]));
    for (const room of reply.lost) {
      const sitting = sittings.get(room);
      if (sitting?.owner === owner && sitting.epoch === epochs.get(room)) regain.startOver(sitting);
    }
  };

  return () => {
    /** By owner: what is said next, and how many watchers that names. */
    const parts = new Map<NodeId, { rooms: Vouched[]; size: number }>();
    for (const { room, owner, epoch, seating, lasts, watchers } of sittings.values()) {
      if (owner === self || epoch === 0) continue;
      const ids = [...watchers].filter(([, { seat }]) => seat !== null).map(([id]) => id);
      if (ids.length === 0) continue;
      let part = parts.get(owner);
      if (!part) parts.set(owner, (part = { rooms: [], size: 0 }));
      part.rooms.push({ room, epoch, seating, lasts: Object.fromEntries(lasts), watchers: ids });
      part.size += ids.length + 2;
      if (part.size < limits.watchersPerMessageMax) continue;
      void say(owner, part.rooms);
      parts.delete(owner);
    }
    for (const [owner, { rooms }] of parts) void say(owner, rooms);
  };
};
