/**
 * The journal's writer: group commit without a timer. One statement is in flight; whatever gathers meanwhile is the next batch.
 * It knows nothing of rooms but their entries, and tells each room how its entry ended.
 */
import type { Limits } from '../limits.ts';
import { batchOf } from './batch.ts';
import type {
  Appended,
  DeadlineRow,
  EventRow,
  Head,
  Job,
  Meter,
  Log,
  ProjectionRow,
  Store,
  Timers,
  Clock,
} from './ports.ts';

/** What one turn wants written. */
export interface Entry {
  readonly head: Head;
  readonly events: readonly EventRow[];
  readonly bytes: number;
  readonly deadlinesSet: readonly DeadlineRow[];
  readonly deadlinesCleared: readonly Omit<DeadlineRow, 'at'>[];
  readonly jobs: readonly Job[];
  /** The list rows as they stand after this turn; asked only of the last entry of a room in a batch. */
  rows(): readonly ProjectionRow[];
  /** False once the room was dropped: the entry rests on a state that is gone. */
  isLive(): boolean;
  /** Durable, with everything of this room before it. Called for the last entry of a room in a batch. */
  committed(rows: readonly ProjectionRow[]): void;
  /** Not written, or nobody knows. `refused`: the database will never take this entry; `repeat`: it holds this command id already. */
  failed(how: 'fenced' | 'unknown' | 'refused' | 'repeat', reason: string): void;
}

export interface Journal {
  append(entry: Entry): void;
  /** Nothing queued and nothing in flight. */
  readonly isIdle: boolean;
}

interface Deps {
  readonly store: Store;
  readonly owner: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly meter: Meter;
  readonly log: Log;
  readonly limits: Limits;
}

export const createJournal = ({ store, owner, clock, timers, meter, log, limits }: Deps): Journal => {
  const queue: Entry[] = [];
  let isRunning = false;

  const take = (): Entry[] => {
    let events = 0;
    let bytes = 0;
    let n = 0;
    while (
      n < queue.length &&
      (n === 0 ||
        (events + queue[n]!.events.length <= limits.batchEventsMax && bytes + queue[n]!.bytes <= limits.batchBytesMax))
    ) {
      events += queue[n]!.events.length;
      bytes += queue[n]!.bytes;
      n++;
    }
    return queue.splice(0, n).filter((entry) => entry.isLive());
  };

  /** A lost answer is an answer: after the timeout the outcome is unknown, and a late reply no longer counts. */
  const appendInTime = (batch: ReturnType<typeof batchOf>): Promise<Appended> =>
    new Promise((resolve) => {
      const abort = new AbortController();
      const cancel = timers.after(limits.commitTimeoutMs, () => {
        abort.abort();
        resolve({ kind: 'unknown', reason: `no answer within ${limits.commitTimeoutMs} ms` });
      });
      store.append(batch, abort.signal).then(
        (appended) => (cancel(), resolve(appended)),
        (error: unknown) => (cancel(), resolve({ kind: 'unknown', reason: String(error) })),
      );
    });

  /** Writes the entries; failures are told at once, and what is durable is returned to be told when there is time. */
  const write = async (entries: readonly Entry[]): Promise<(() => void)[]> => {
    const live = entries.filter((entry) => entry.isLive());
    if (live.length === 0) return [];
    const batch = batchOf(owner, live);
    const start = clock.monotonic();
    const appended = await appendInTime(batch);
    meter.batch(
      batch.events.length,
      live.reduce((sum, entry) => sum + entry.bytes, 0),
      clock.monotonic() - start,
      appended.kind,
    );
    if (appended.kind === 'refused' && live.length > 1) {
      // One bad value must not fail its neighbours: halve until it stands alone. In order, so a room's later entries see its earlier ones fail.
      const half = live.length >> 1;
      return [...(await write(live.slice(0, half))), ...(await write(live.slice(half)))];
    }
    const durable: (() => void)[] = [];
    for (const entry of batch.lastEntries) {
      if (appended.kind === 'committed' && appended.rooms.has(entry.head.room))
        durable.push(() => entry.committed(batch.rowsByRoom.get(entry.head.room)!));
      else if (appended.kind === 'refused') entry.failed(appended.isRepeat ? 'repeat' : 'refused', appended.reason);
      else
        entry.failed(
          appended.kind === 'unknown' ? 'unknown' : 'fenced',
          appended.kind === 'unknown' ? appended.reason : 'another owner',
        );
    }
    return durable;
  };

  const run = async () => {
    let durable: (() => void)[] = [];
    for (;;) {
      const entries = take();
      const writing = write(entries);
      // The next batch is on its way before the last one is told: the database does not wait for our sockets.
      for (const tell of durable) guarded(tell);
      if (entries.length === 0 && queue.length === 0) break;
      durable = await writing;
    }
    isRunning = false;
  };

  /** One room that cannot be told must not stop the journal of all the others. */
  const guarded = (tell: () => void) => {
    try {
      tell();
    } catch (error) {
      log.error({ error: String(error) }, 'a commit could not be told');
    }
  };

  return {
    append(entry) {
      queue.push(entry);
      if (isRunning) return;
      isRunning = true;
      timers.soon(() => void run());
    },
    get isIdle() {
      return !isRunning;
    },
  };
};
