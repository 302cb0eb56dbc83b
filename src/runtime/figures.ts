/**
 * The sums behind all boards and reports of this node. They are read from the database once, and from then on every durable
 * change of a row is taken out as it was and counted in as it is. A reading knows which commits it has seen, so no change is
 * counted twice and none is left out, however late or early it is heard of.
 */
import { dayAfter } from '../../rooms/calendar.ts';
import { type Counting, createTally, type Cube, differences, type Row, type Tally } from '../../rooms/tally.ts';
import type { Limits } from '../limits.ts';
import type { Log, Seen, Store, Timers } from './ports.ts';

/** What one commit made of one row of the list. */
export interface ListChange {
  readonly mark: number;
  readonly was: Row | null;
  readonly now: Row | null;
}
export interface Figures {
  /** Started when it is first asked for. Rejects while the database is away. */
  ready(): Promise<Tally>;
  readonly tally: Tally | null;
  onMoved(tell: () => void): void;
  follow(change: ListChange): void;
  /** A change may have been missed, or be on its way still with nobody to tell of it: count anew, now and a little later. */
  recount(why: string): void;
  /** Counts everything once more beside the sums there are, and says where they differ. */
  verify(): Promise<readonly string[]>;
  stop(): void;
}
interface Deps {
  readonly list: string;
  readonly cubes: readonly Cube[];
  readonly daysKept: number;
  today(): string;
  /** Before a reading: find out where others stand whose changes are heard from now on. */
  prepare(): Promise<void>;
  readonly store: Pick<Store, 'sums'>;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Limits;
}
interface Count {
  readonly tally: Counting;
  take(change: ListChange): boolean;
}

/** The commit of this number is in the reading. */
export const hasSeen = ({ below, from, except }: Seen, mark: number): boolean =>
  mark < below || (mark < from && !except.includes(mark));

export const createFigures = (deps: Deps): Figures => {
  const { list, cubes, store, timers, log, limits } = deps;
  const counts = new Set<Count>();
  const listeners: (() => void)[] = [];
  let current: Count | null = null;
  let counting: Promise<Count> | null = null;
  let isWanted = false;
  let isStopped = false;

  const count = async (): Promise<Count> => {
    const firstDay = dayAfter(deps.today(), -deps.daysKept);
    const tally = createTally(cubes, firstDay);
    const early: ListChange[] = [];
    let seen: Seen | null = null;
    const one: Count = {
      tally,
      take(change) {
        if (!seen) {
          early.push(change);
          return false;
        }
        if (hasSeen(seen, change.mark)) return false;
        if (change.was) tally.count(change.was, -1);
        if (change.now) tally.count(change.now, 1);
        return true;
      },
    };
    counts.add(one);
    try {
      await deps.prepare();
      const reading = await store.sums(list, cubes, firstDay);
      if (early.length > limits.changesEarlyMax) throw new Error('too much changed while the sums were read');
      for (const [cube, cells] of Object.entries(reading.cells)) for (const cell of cells) tally.add(cube, cell);
      ({ seen } = reading);
      for (const change of early.splice(0)) one.take(change);
      return one;
    } catch (error) {
      counts.delete(one);
      throw error;
    }
  };

  const begin = (): Promise<Count> => {
    isWanted = false;
    counting = count().then(
      (counted) => {
        counting = null;
        if (current) counts.delete(current);
        current = counted;
        for (const tell of listeners) tell();
        if (isWanted) later(limits.recountPauseMs);
        return counted;
      },
      (error: unknown) => {
        counting = null;
        log.error({ error: String(error) }, 'the figures of the boards could not be read');
        // Whoever waits for the first ones asks again by themselves.
        if (current) later(limits.recountPauseMs);
        throw error;
      },
    );
    return counting;
  };
  const later = (ms: number) => {
    isWanted = true;
    timers.after(ms, () => {
      if (!isStopped && isWanted && !counting) begin().catch(() => {});
    });
  };

  const ready = async () => (current ?? (await (counting ?? begin()))).tally;

  return {
    ready,
    get tally() {
      return current?.tally ?? null;
    },
    onMoved: (tell) => void listeners.push(tell),
    follow(change) {
      let hasMoved = false;
      for (const one of counts) if (one.take(change) && one === current) hasMoved = true;
      if (hasMoved) for (const tell of listeners) tell();
    },
    recount(why) {
      if (!current && !counting) return;
      log.info({ why }, 'the figures of the boards are counted anew');
      if (counting) isWanted = true;
      else later(0);
      // What is under way with nobody to tell of it has happened by then, or never will.
      timers.after(limits.commitTimeoutMs * 2, () => {
        if (!isStopped && !counting) later(0);
      });
    },
    async verify() {
      await ready();
      const fresh = await count();
      try {
        // What it has seen and we are still being told of.
        await new Promise<void>((resolve) => void timers.after(limits.boardEveryMs, resolve));
        return differences(cubes, current!.tally, fresh.tally);
      } finally {
        counts.delete(fresh);
      }
    },
    stop() {
      isStopped = true;
    },
  };
};
