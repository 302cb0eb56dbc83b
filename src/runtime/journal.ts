/**
 * The journal's writer. Rooms are split over a few lanes, each of which commits in groups: a turn waits for the commit of its own
 * lane, and seldom for one that began before it. A room stays in its lane, so its turns are written in order.
 * It knows nothing of rooms but their entries, and tells each room how its entry ended.
 */
import type { Limits } from '../limits.ts';
import { createLane } from './lane.ts';
import type { Clock, DeadlineRow, EventRow, Head, Job, Log, Meter, ProjectionRow, Store, Timers } from './ports.ts';

/** What one turn wants written. */
export interface Entry {
  readonly head: Head;
  readonly events: readonly EventRow[];
  readonly bytes: number;
  readonly deadlinesSet: readonly DeadlineRow[];
  readonly deadlinesCleared: readonly Omit<DeadlineRow, 'at'>[];
  readonly jobs: readonly Job[];
  /** The list rows that this turn has changed, as they stand after it. Of several entries of a room in a batch the last one's count. */
  readonly rows: readonly ProjectionRow[];
  /** False once the room was dropped: the entry rests on a state that is gone. */
  isLive(): boolean;
  /** Durable, with everything of this room before it, by the commit of this number. Called for the last entry of a room in a batch. */
  committed(mark: number): void;
  /** Not written, or nobody knows. `refused`: the database will never take this entry; `repeat`: it holds this command id already. */
  failed(how: Failure, reason: string): void;
}
export type Failure = 'fenced' | 'unknown' | 'refused' | 'repeat';

export interface Journal {
  append(entry: Entry): void;
}

export interface JournalDeps {
  readonly store: Store;
  readonly owner: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly meter: Meter;
  readonly log: Log;
  readonly limits: Limits;
}

export const createJournal = (deps: JournalDeps): Journal => {
  const lanes = Array.from({ length: deps.limits.journalLanes }, () => createLane(deps));
  return {
    append(entry) {
      const { room } = entry.head;
      lanes[room.charCodeAt(room.length - 1) % lanes.length]!.append(entry);
    },
  };
};
