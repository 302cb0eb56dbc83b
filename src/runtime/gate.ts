/**
 * The output gate of one room: everything that rests on an event waits here until that event is durable.
 * The room goes on deciding meanwhile; what it decides queues behind. Opened in order, or broken for good.
 */
/** fenced: somebody else has the room, or shall have it. unknown: nobody knows whether the last write was done. */
export type Broken = 'fenced' | 'unknown';

export interface Gate {
  /** Run `open` once everything up to `seq` is durable (at once if it is), or `broken` if that will not be known. */
  hold(seq: number, open: () => void, broken: (why: Broken) => void): void;
  open(seq: number): void;
  break(why: Broken): void;
  readonly waiting: number;
}

export const createGate = (durable: number): Gate => {
  let durableSeq = durable;
  let broken: Broken | null = null;
  let held: { seq: number; open: () => void; broken: (why: Broken) => void }[] = [];
  return {
    hold(seq, onOpen, onBroken) {
      if (seq <= durableSeq) onOpen();
      else if (broken !== null) onBroken(broken);
      else held.push({ seq, open: onOpen, broken: onBroken });
    },
    open(seq) {
      durableSeq = Math.max(durableSeq, seq);
      let n = 0;
      while (n < held.length && held[n]!.seq <= durableSeq) n++;
      for (const waiting of held.splice(0, n)) waiting.open();
    },
    break(why) {
      broken = why;
      const lost = held;
      held = [];
      for (const waiting of lost) waiting.broken(why);
    },
    get waiting() {
      return held.length;
    },
  };
};
