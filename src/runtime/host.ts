/** The rooms this node owns: brings them into memory, runs their commands, tells their watchers, and lets go of them. */
import { type AnyRoom, type Caller, type Deadline, issuesOf, offers } from '../../rooms/kit.ts';
import type { Ack, Refusal, Sight } from '../../rooms/protocol.ts';
import type { Limits } from '../limits.ts';
import type { ActiveRoom, Commit } from './active-room.ts';
import { type Commands, createCommands } from './commands.ts';
import { createConfirm } from './confirm.ts';
import type { Broken } from './gate.ts';
import type { Journal } from './journal.ts';
import { createMemory, type Memory } from './memory.ts';
import type {
  Announce,
  Ask,
  Clock,
  EventRow,
  FactReader,
  Job,
  Log,
  Meter,
  NodeId,
  ProjectionRow,
  Store,
  Timers,
} from './ports.ts';
import { replay, Unreadable } from './replay.ts';
import { again, refusal } from './waiting.ts';
import { createWatching, type Seats, type Watching } from './watching.ts';

export interface HostDeps {
  readonly register: Readonly<Record<string, AnyRoom>>;
  readonly facts: Readonly<Record<string, FactReader>>;
  readonly store: Store;
  readonly journal: Journal;
  readonly announce: Announce;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly meter: Meter;
  readonly log: Log;
  readonly limits: Limits;
  readonly self: NodeId;
  rowsOf(room: AnyRoom, id: string, state: unknown, stamp: { at: string; seq: number }): readonly ProjectionRow[];
  jobsOf(room: AnyRoom, event: EventRow, data: unknown, state: unknown): readonly Job[];
  /** A room's durable change, for whoever follows along. */
  onChange(change: Commit): void;
  /** Nobody knows whether a write has happened: whoever follows along may have missed it. */
  onUnknown(): void;
  /** No other node could own a room. */
  readonly isSolo: boolean;
  /** From now on, and until then, this node owns the room as far as it knows. */
  onHeld(room: string, epoch: number): void;
  onForgotten(room: string, epoch: number): void;
  /** Another node has taken the room. */
  onFenced(room: string): void;
}

export interface Host extends Seats {
  /** Exactly one effect per (room, id), however often it is sent. `moved`: the room is another's now. */
  send(ask: Ask): Promise<Ack>;
  /** One look without watching; does not take ownership of the room. */
  read(room: string, by: Caller): Promise<({ readonly ok: true } & Sight) | Refusal>;
  /** This node has the room, or is about to. */
  holds(room: string): boolean;
  /** The stored rooms this node holds, and the epoch it took them at. */
  held(): Iterable<{ readonly room: string; readonly epoch: number }>;
  /** Somebody else has it: forget it, unless it was taken again since. */
  disown(room: string, epoch: number): void;
  /** Let go of it if nobody waits for it; false: not yet. */
  release(room: string): boolean;
  /** Let go of it at once: what waits is told to go where the room goes. */
  relinquish(room: string): void;
  /** Where the rooms stand that were taken or changed of late. If nobody wants to know, they are no longer of late. */
  beats: Watching['beats'];
  /** The command a deadline stands for, or null if the room (at this seq) has no such deadline. */
  due(room: string, name: string, at: string): Promise<{ deadline: Deadline | null; seq: number } | 'later'>;
  sweep(): Promise<void>;
  /** Until a monotonic time in milliseconds. */
  snapshotAll(until: number): Promise<void>;
  /** No new commands; what is under way ends, then snapshots. True if nothing was left over. */
  drain(): Promise<boolean>;
  readonly rooms: number;
  /** Seated in rooms of this node, wherever they are connected. */
  readonly watchers: number;
  readonly waiting: number;
}

export const createHost = (deps: HostDeps): Host => {
  const { register, store, log, meter, limits } = deps;

  /** The kind of a room, or why there can be none by this name. */
  const declaredOf = (id: string): AnyRoom | Refusal => {
    const slash = id.indexOf('/');
    const kind = id.slice(0, slash);
    const declared = Object.hasOwn(register, kind) ? register[kind] : undefined;
    if (!declared) return refusal('not-found');
    const name = declared.name.safeParse(id.slice(slash + 1));
    return name.success
      ? declared
      : refusal('invalid', { issues: issuesOf(name.error).map((issue) => ({ ...issue, path: 'room' })) });
  };

  const lose = (room: ActiveRoom, why: Broken, reason: string) => {
    memory.forget(room);
    const about = { room: room.id, epoch: room.standing.epoch, reason };
    if (why === 'fenced') {
      log.info(about, 'fenced: another node has taken this room');
      deps.onFenced(room.id);
    } else log.warn(about, 'a room is loaded anew: the outcome of its last write is not known');
    room.drop(why);
    watching.dismiss(room);
  };
  /** Nobody's fault: it goes to another node, and so does whoever still waits for it. */
  const handOver = (room: ActiveRoom) => {
    memory.forget(room);
    room.drop('fenced');
    watching.dismiss(room);
  };

  const memory: Memory = createMemory({
    ...deps,
    owner: deps.self,
    isWanted: ({ id }) => commands.isWaitedFor(id) || watching.isWatched(id),
    onLoaded(room) {
      const { id, standing } = room;
      deps.onHeld(id, standing.epoch);
      watching.taken(room);
    },
    onForgotten: ({ id, standing }) => deps.onForgotten(id, standing.epoch),
    roomDeps: {
      ...deps,
      dedupeMax: limits.dedupeCommandsMax,
      onOpened: ({ id, standing }) => deps.onHeld(id, standing.epoch),
      onCommit(room, commit) {
        deps.onChange(commit);
        if (room.isDead) return;
        memory.snapshotIfDue(room);
        watching.publish(room);
      },
      confirm: createConfirm({
        ...deps,
        onTaken: (room) => room.isDead || lose(room, 'fenced', 'a refusal could not be confirmed'),
      }),
      onRefused: ({ declared }) => meter.fenced(declared.kind),
      onLost: lose,
      onDoubt: (waiting) => commands.lookUp(waiting),
      onBroken: (waiting, why) => commands.tryAgain(waiting, why),
    },
  });
  const commands: Commands = createCommands({
    ...deps,
    declaredOf,
    memory,
    onDefect: (room) => lose(room, 'unknown', 'a turn failed'),
  });
  const watching: Watching = createWatching({
    ...deps,
    declaredOf,
    memory,
    isClosed: () => commands.isClosed,
    isWaitedFor: commands.isWaitedFor,
  });

  return {
    sit: watching.sit,
    look: watching.look,
    catchUp: watching.catchUp,
    leave: watching.leave,
    signal: watching.signal,
    vouch: watching.vouch,
    beats: watching.beats,
    send: commands.send,
    holds: memory.holds,
    *held() {
      for (const { id, standing } of memory.all()) if (standing.seq > 0) yield { room: id, epoch: standing.epoch };
    },
    disown(id, epoch) {
      const room = memory.get(id);
      if (room?.standing.epoch === epoch) lose(room, 'fenced', 'the journal says so');
    },
    release(id) {
      const room = memory.get(id);
      if (!room) return !memory.holds(id);
      if (!room.isIdle || commands.isWaitedFor(id)) return false;
      handOver(room);
      return true;
    },
    relinquish(id) {
      const room = memory.get(id);
      if (room) handOver(room);
    },
    async read(id, by) {
      const declared = declaredOf(id);
      if ('ok' in declared) return declared;
      try {
        let now = memory.get(id)?.standing;
        if (!now || now.seq === 0) {
          const stored = await store.read(id);
          if (!stored) return refusal('not-found');
          now = { epoch: stored.epoch, seq: stored.seq, state: replay(declared, stored).state };
        }
        const seat: string | null = declared.seat(now.state, by);
        if (seat === null) return refusal('not-found');
        const { epoch, seq, state } = now;
        return {
          ok: true,
          seat,
          epoch,
          seq,
          view: declared.view[seat](state),
          offers: offers(declared, state as { status: string }, seat),
        };
      } catch (error) {
        log.error({ room: id, error: String(error) }, 'a room could not be read');
        if (error instanceof Unreadable) return refusal('room/unreadable');
        return again('unavailable', limits.retryAfterMs);
      }
    },
    async due(id, name, at) {
      const declared = declaredOf(id);
      if ('ok' in declared) return { deadline: null, seq: 0 };
      const room = await memory.bring(id, declared);
      if (typeof room === 'string') return 'later';
      if (room.isNew && !commands.isWaitedFor(id)) memory.forget(room);
      const { state, seq } = room.standing;
      const deadlines: readonly Deadline[] = declared.deadlines?.(state) ?? [];
      const found = deadlines.find((deadline) => deadline.name === name && Date.parse(deadline.at) === Date.parse(at));
      return { deadline: found ?? null, seq };
    },
    snapshotAll: memory.snapshotAll,
    async sweep() {
      watching.sweep();
      await memory.sweep();
    },
    async drain() {
      const until = deps.clock.monotonic() + limits.drainMs;
      const isDone = await commands.close();
      await memory.snapshotAll(until);
      return isDone;
    },
    get rooms() {
      return memory.size;
    },
    get watchers() {
      return watching.watchers;
    },
    get waiting() {
      return commands.waiting;
    },
  };
};
