/** Writes behind whatever the room's owner wrote last, as if the epoch did not matter: a stale owner gets its way. */
import type { Head, Store } from '../../../src/runtime/ports.ts';

export const fenceOff = (real: Store): Store => ({
  ...real,
  async append(batch, abort) {
    const heads = await Promise.all(batch.heads.map((head) => current(real, head)));
    const byRoom = new Map(batch.heads.map((head, i) => [head.room, { was: head, now: heads[i]! }]));
    const events = batch.events.map((event) => {
      const { was, now } = byRoom.get(event.room)!;
      return { ...event, epoch: now.epoch, seq: event.seq + now.lo - was.lo };
    });
    return real.append({ ...batch, heads, events }, abort);
  },
});

const current = async (real: Store, head: Head): Promise<Head> => {
  const stored = head.isNew ? null : await real.read(head.room);
  if (!stored) return head;
  return { ...head, epoch: stored.epoch, lo: stored.seq, hi: stored.seq + head.hi - head.lo };
};
