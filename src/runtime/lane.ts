/** Group commit without a timer: one statement is in flight; whatever gathers meanwhile is the next batch. */
import { batchOf } from './batch.ts';
import type { Entry, Failure, Journal, JournalDeps } from './journal.ts';
import type { Appended } from './ports.ts';

interface Durable {
  readonly entry: Entry;
  readonly mark: number;
}
export const createLane = ({ store, owner, clock, timers, meter, log, limits }: JournalDeps): Journal => {
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
    return queue.splice(0, n);
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
  const write = async (entries: readonly Entry[]): Promise<readonly Durable[]> => {
    const live = entries.filter((entry) => entry.isLive());
    if (live.length === 0) return [];
    const batch = batchOf(owner, live);
    const start = clock.monotonic();
    const appended = await appendInTime(batch);
    const bytes = live.reduce((sum, entry) => sum + entry.bytes, 0);
    meter.batch(batch.events.length, bytes, clock.monotonic() - start, appended.kind);
    if (appended.kind === 'refused' && live.length > 1) {
      // One bad value must not fail its neighbours: halve until it stands alone, in order.
      const half = live.length >> 1;
      return [...(await write(live.slice(0, half))), ...(await write(live.slice(half)))];
    }
    const durable: Durable[] = [];
    for (const entry of batch.lastEntries)
      if (appended.kind === 'committed' && appended.rooms.has(entry.head.room))
        durable.push({ entry, mark: appended.mark });
      else entry.failed(...failureOf(appended));
    return durable;
  };

  /** A defect of ours must not wedge the lane: what it was about to write is unknown, and the next batch goes on. */
  const writeSafely = (entries: readonly Entry[]): Promise<readonly Durable[]> =>
    write(entries).catch((error: unknown) => {
      log.error({ error: error instanceof Error ? error.stack : String(error) }, 'a batch could not be written');
      for (const entry of entries) guarded(() => entry.failed('unknown', 'a defect'));
      return [];
    });

  const run = async () => {
    let durable: readonly Durable[] = [];
    for (;;) {
      const entries = take();
      const writing = writeSafely(entries);
      // The next batch is on its way before the last one is told: the database does not wait for our sockets.
      for (const { entry, mark } of durable) guarded(() => entry.committed(mark));
      if (entries.length === 0 && queue.length === 0) break;
      durable = await writing;
    }
    isRunning = false;
  };

  /** One room that cannot be told must not stop the lane of all the others. */
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
  };
};

const failureOf = (appended: Appended): [how: Failure, reason: string] => {
  if (appended.kind === 'unknown') return ['unknown', appended.reason];
  if (appended.kind === 'refused') return [appended.isRepeat ? 'repeat' : 'refused', appended.reason];
  return ['fenced', 'another node owns the room'];
};
