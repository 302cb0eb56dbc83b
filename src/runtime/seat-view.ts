/** One seat's view of one room as last sent, the patches that led there, and the next patch when the room moves on. */
import type { Patch } from '../../rooms/protocol.ts';
import type { Face, Standing } from './face.ts';
import { mergeDiff } from './merge-diff.ts';

export interface SeatView {
  /** The seq of the last patch sent to this seat. */
  readonly last: number;
  /** The patch to this standing, or nothing if this seat sees no difference. */
  advance(standing: Standing): Patch | null;
  /** The patches after `seq`, oldest first; null when they are no longer kept. */
  since(seq: number): readonly Patch[] | null;
}

export const createSeatView = (
  room: string,
  seat: string,
  face: Face,
  start: Standing,
  ringBytesMax: number,
): SeatView => {
  let sentSeq = start.seq;
  let view = face.view(start.state, seat);
  let offers = face.offers(start.state, seat);
  const ring: { patch: Patch; bytes: number }[] = [];
  let ringBytes = 0;

  const keep = (patch: Patch) => {
    const bytes = JSON.stringify(patch.patch).length + 100;
    ring.push({ patch, bytes });
    ringBytes += bytes;
    while (ringBytes > ringBytesMax) ringBytes -= ring.shift()!.bytes;
  };

  return {
    get last() {
      return sentSeq;
    },
    advance({ epoch, seq, state }) {
      const nextView = face.view(state, seat);
      const nextOffers = face.offers(state, seat);
      const change = mergeDiff(view, nextView);
      const isOffering = nextOffers !== offers && nextOffers.join() !== offers.join();
      view = nextView;
      if (!change && !isOffering) return null;
      offers = nextOffers;
      const patch: Patch = {
        room,
        seat,
        epoch,
        from: sentSeq,
        seq,
        patch: change ?? {},
        ...(isOffering && { offers }),
      };
      sentSeq = seq;
      keep(patch);
      return patch;
    },
    since(seq) {
      if (seq >= sentSeq) return [];
      const first = ring.findIndex(({ patch }) => patch.seq > seq);
      if (first === -1 || ring[first]!.patch.from > seq) return null;
      return ring.slice(first).map(({ patch }) => patch);
    },
  };
};
