/**
 * The rooms in memory: brought in when somebody needs them, one load at a time per room, and let go when nobody does.
 * A failed load is an error and leaves nothing behind — never an empty room.
 */
import type { AnyRoom } from '../../rooms/kit.ts';
import type { Limits } from '../limits.ts';
import { type ActiveRoom, createActiveRoom } from './active-room.ts';
import type { Clock, Log, Meter, SnapshotRow, Store, Timers } from './ports.ts';
import { replay, Unreadable } from './replay.ts';
import { createSlots } from './slots.ts';

export type Failure = 'unavailable' | 'busy' | 'unreadable';
export interface Memory {
  /** The room if it is in memory now. */
  get(id: string): ActiveRoom | undefined;
  /** In memory, or on its way. */
  holds(id: string): boolean;
  all(): Iterable<ActiveRoom>;
  /** Bring it in; `isNew` rooms come back too, so that a command may open them. */
  bring(id: string, declared: AnyRoom): Promise<ActiveRoom | Failure>;
  forget(room: ActiveRoom): void;
  /** Somebody used it. */
  touch(id: string): void;
  /** Let go of what nobody used for a while. */
  sweep(): Promise<void>;
  /** Snapshot a room that has gone far since its last one, when its turn comes. */
  snapshotIfDue(room: ActiveRoom): void;
  /** Until a monotonic time in milliseconds. */
  snapshotAll(until: number): Promise<void>;
  readonly size: number;
}

interface Deps {
  readonly store: Store;
  readonly owner: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly meter: Meter;
  readonly limits: Limits;
  /** Watched, or with commands on their way: not to be let go. */
  isWanted(room: ActiveRoom): boolean;
  /** A stored room came into memory. Whoever follows along may have missed its last change. */
  onLoaded(room: ActiveRoom): void;
  /** It left memory. */
  onForgotten(room: ActiveRoom): void;
  /** Everything an active room needs but its own past. */
  readonly roomDeps: Parameters<typeof createActiveRoom>[3];
}

interface Held {
  readonly room: ActiveRoom;
  usedAt: number;
  /** Up to here it is in a snapshot. */
  snapshotSeq: number;
}
/** Rooms let go in one sweep. */
const atOnceMax = 500;

export const createMemory = ({
  store,
  owner,
  clock,
  timers,
  log,
  meter,
  limits,
  isWanted,
  onLoaded,
  onForgotten,
  roomDeps,
}: Deps): Memory => {
  const rooms = new Map<string, Held>();
  let isSweeping = false;
  const far = new Set<ActiveRoom>();
  let isSnapshotting = false;
  const loading = new Map<string, Promise<ActiveRoom | Failure>>();
  const inTurn = createSlots(limits.activationsAtOnceMax);

  const load = async (id: string, declared: AnyRoom): Promise<ActiveRoom | Failure> => {
    const start = clock.monotonic();
    try {
      const stored = await inTurn(() => store.activate(id, owner));
      const loaded = stored
        ? { epoch: stored.epoch, seq: stored.seq, remembered: stored.remembered, ...replay(declared, stored) }
        : { epoch: 1, seq: 0, remembered: [], state: declared.initial, at: '' };
      const room = createActiveRoom(id, declared, loaded, roomDeps);
      rooms.set(id, { room, usedAt: clock.monotonic(), snapshotSeq: stored?.snapshot?.seq ?? 0 });
      if (stored) {
        meter.activated(declared.kind, clock.monotonic() - start);
        onLoaded(room);
      }
      return room;
    } catch (error) {
      log.error({ room: id, error: String(error) }, 'room could not be loaded');
      return error instanceof Unreadable ? 'unreadable' : 'unavailable';
    } finally {
      loading.delete(id);
    }
  };

  /** Room for one more: the longest unused goes first. Its tail may be longer than usual; the journal has it all. */
  const makeSpace = (): boolean => {
    if (rooms.size + loading.size < limits.roomsInMemoryMax) return true;
    for (const [id, { room }] of rooms) {
      if (!room.isIdle || isWanted(room)) continue;
      rooms.delete(id);
      onForgotten(room);
      return true;
    }
    return false;
  };

  const snapshotOf = (room: ActiveRoom): SnapshotRow => {
    const { epoch, seq, state } = room.standing;
    return { room: room.id, seq, epoch, version: room.declared.version, state, at: room.at };
  };

  /** A lost snapshot costs a longer load, nothing else. */
  const save = async (due: readonly ActiveRoom[]): Promise<boolean> => {
    const rows = due.map(snapshotOf);
    try {
      await store.saveSnapshots(rows);
    } catch (error) {
      log.warn({ rooms: due.length, error: String(error) }, 'snapshots not saved');
      return false;
    }
    for (const { room, seq } of rows) {
      const held = rooms.get(room);
      if (held) held.snapshotSeq = Math.max(held.snapshotSeq, seq);
    }
    return true;
  };

  const isFar = (room: ActiveRoom) => {
    const held = rooms.get(room.id);
    return held?.room === room && room.standing.seq - held.snapshotSeq >= limits.snapshotEveryEvents;
  };
  const takeFar = (): ActiveRoom[] => {
    const taken: ActiveRoom[] = [];
    for (const room of far) {
      far.delete(room);
      if (isFar(room)) taken.push(room);
      if (taken.length === limits.snapshotsAtOnceMax) break;
    }
    return taken;
  };
  /** A few, then a rest: rooms that are used alike come this far together, and all at once would hold up everybody's commits. */
  const snapshotFar = async () => {
    isSnapshotting = true;
    for (let taken = takeFar(); taken.length > 0; taken = takeFar()) {
      await save(taken);
      await new Promise<void>((resolve) => timers.after(limits.snapshotRestMs, resolve));
    }
    isSnapshotting = false;
  };

  return {
    get: (id) => rooms.get(id)?.room,
    holds: (id) => rooms.has(id) || loading.has(id),
    *all() {
      for (const { room } of rooms.values()) yield room;
    },
    bring(id, declared) {
      const held = rooms.get(id);
      if (held) return Promise.resolve(held.room);
      const already = loading.get(id);
      if (already) return already;
      if (!makeSpace()) return Promise.resolve('busy');
      const arriving = load(id, declared);
      loading.set(id, arriving);
      return arriving;
    },
    forget(room) {
      if (rooms.get(room.id)?.room !== room) return;
      rooms.delete(room.id);
      onForgotten(room);
    },
    touch(id) {
      const held = rooms.get(id);
      if (!held) return;
      held.usedAt = clock.monotonic();
      // Re-inserted, so that the map's order is the order of use.
      rooms.delete(id);
      rooms.set(id, held);
    },
    async sweep() {
      if (isSweeping) return;
      isSweeping = true;
      const before = clock.monotonic() - limits.passivateAfterMs;
      const isUnused = ({ room, usedAt }: Held) => usedAt <= before && room.isIdle && !isWanted(room);
      const due: Held[] = [];
      for (const held of rooms.values()) {
        // In order of use: from here on everything was used lately.
        if (held.usedAt > before || due.length === atOnceMax) break;
        if (isUnused(held)) due.push(held);
      }
      const unsaved = due.filter(({ room, snapshotSeq }) => room.standing.seq > snapshotSeq);
      if (unsaved.length > 0) await save(unsaved.map(({ room }) => room));
      // A room may have been used, or replaced, while its snapshot was written.
      for (const held of due) {
        if (rooms.get(held.room.id) !== held || !isUnused(held)) continue;
        rooms.delete(held.room.id);
        onForgotten(held.room);
      }
      isSweeping = false;
    },
    snapshotIfDue(room) {
      if (!isFar(room)) return;
      far.add(room);
      if (!isSnapshotting) void snapshotFar();
    },
    async snapshotAll(until) {
      const due = [...rooms.values()].filter(({ room, snapshotSeq }) => room.standing.seq > snapshotSeq);
      for (let i = 0; i < due.length && clock.monotonic() < until; i += 100) {
        const isSaved = await save(due.slice(i, i + 100).map(({ room }) => room));
        // The journal has it all; a database that does not answer is not waited for.
        if (!isSaved) return;
      }
    },
    get size() {
      return rooms.size;
    },
  };
};
