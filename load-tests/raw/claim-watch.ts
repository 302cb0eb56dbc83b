/** One claim and who watches it: when the last of them has been told of a seq, and whether anything was left out. */
import { step } from '../../client/sight.ts';
import type { RoomPatch, Sight } from '../../rooms/protocol.ts';

type View = { readonly noteCount?: number; readonly notes?: object };
const notesIn = ({ view }: Sight) => (view as View).noteCount ?? 0;

export const createClaimWatch = (watchers: number) => {
  /** By watcher: the last seq it was told. */
  const lastByWatcher = new Map<number, number>();
  /** By seq: how many have been told, and when the last of them was. */
  let told = new Uint16Array(1_024);
  let seenAt = new Float64Array(1_024);
  const waitingBySeq = new Map<number, (at: number) => void>();
  /** The first watcher keeps its view as the real client does. */
  let checked: { readonly watcher: number; sight: Sight; notesAtStart: number } | null = null;
  let acked = 0;
  let deliveries = 0;
  let faults: Record<string, number> = {};

  const fault = (name: string) => void (faults[name] = (faults[name] ?? 0) + 1);
  const grow = (seq: number) => {
    if (seq < told.length) return;
    const size = Math.max(seq + 1, told.length * 2);
    const [more, later] = [new Uint16Array(size), new Float64Array(size)];
    more.set(told);
    later.set(seenAt);
    [told, seenAt] = [more, later];
  };

  return {
    joined(watcher: number, sight: Sight) {
      lastByWatcher.set(watcher, sight.seq);
      checked ??= { watcher, sight, notesAtStart: notesIn(sight) };
    },
    isChecked: (watcher: number) => checked?.watcher === watcher,
    /** From the one whose frames are read in full. */
    check(message: RoomPatch) {
      if (!checked || message.seat === null) return;
      const next = step(checked.sight, message);
      // A hole is counted where every watcher's are; here the notes after it would be missing.
      if (typeof next === 'object') checked.sight = next;
    },
    patch(watcher: number, from: number, seq: number, at: number) {
      const last = lastByWatcher.get(watcher) ?? 0;
      if (from > last) fault('hole');
      if (seq <= last) return;
      grow(seq);
      for (let next = last + 1; next <= seq; next++) {
        deliveries++;
        if (++told[next]! < watchers) continue;
        seenAt[next] = at;
        waitingBySeq.get(next)?.(at);
        waitingBySeq.delete(next);
      }
      lastByWatcher.set(watcher, seq);
    },
    /** `seen` is called once everyone has been told of `seq`, be it before the ack or after it. */
    acked(seq: number, seen: (at: number) => void) {
      acked++;
      grow(seq);
      if (seenAt[seq]! > 0) seen(seenAt[seq]!);
      else waitingBySeq.set(seq, seen);
    },
    get isEverythingSeen() {
      return waitingBySeq.size === 0;
    },
    counts() {
      const notes = checked ? notesIn(checked.sight) - checked.notesAtStart : 0;
      // More may be shown than was acknowledged, if an answer is missing; never fewer.
      const missing = Math.max(0, acked - notes);
      const counted = { deliveries, faults: { ...faults, ...(missing > 0 && { miscounted: missing }) } };
      if (checked) checked.notesAtStart = notesIn(checked.sight);
      waitingBySeq.clear();
      acked = deliveries = 0;
      faults = {};
      return counted;
    },
  };
};
