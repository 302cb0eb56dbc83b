/** Is the journal alive? Moves the head of this node's own canary room to where it stands: a real fenced commit that adds nothing. */
import type { Limits } from '../limits.ts';
import type { Failure, Journal } from './journal.ts';
import type { Clock, Store } from './ports.ts';

interface Deps {
  readonly store: Store;
  readonly journal: Journal;
  readonly owner: string;
  readonly name: string;
  readonly clock: Clock;
  readonly limits: Limits;
}

export const createCanary = ({ store, journal, owner, name, clock, limits }: Deps) => {
  const room = `canary/${name}`;
  let epoch: number | null = null;
  let lastBeat: { at: number; result: Promise<boolean> } | null = null;

  const append = (isNew: boolean, at: number) =>
    new Promise<'committed' | Failure>((resolve) =>
      journal.append({
        head: { room, kind: 'canary', epoch: at, lo: 0, hi: 0, isNew },
        events: [],
        bytes: 0,
        deadlinesSet: [],
        deadlinesCleared: [],
        jobs: [],
        rows: [],
        isLive: () => true,
        committed: () => resolve('committed'),
        failed: resolve,
      }),
    );

  const beat = async (): Promise<boolean> => {
    try {
      let isNew = false;
      if (epoch === null) {
        const stored = await store.activate(room, owner);
        isNew = stored === null;
        epoch = stored?.epoch ?? 1;
      }
      const outcome = await append(isNew, epoch);
      // Fenced: another process of this name beat in between. Take the room again next time.
      if (outcome !== 'committed') epoch = null;
      return outcome === 'committed';
    } catch {
      epoch = null;
      return false;
    }
  };

  return {
    /** At most one beat per `canaryEveryMs`, however often it is asked. */
    isAlive(): Promise<boolean> {
      if (!lastBeat || clock.monotonic() - lastBeat.at >= limits.canaryEveryMs)
        lastBeat = { at: clock.monotonic(), result: beat() };
      return lastBeat.result;
    },
  };
};
