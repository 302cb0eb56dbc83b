/** The rooms this node owns: brings them into memory, runs their commands, tells their watchers, and lets go of them. */
import { type AnyRoom, type Deadline, issuesOf, offers } from '../../rooms/kit.ts';
import type { Refusal } from '../../rooms/protocol.ts';
import type { Limits } from '../limits.ts';
import type { ActiveRoom } from './active-room.ts';
import type { RoomsApi } from './api.ts';
import { type Commands, createCommands } from './commands.ts';
import type { Broken } from './gate.ts';
import type { Journal } from './journal.ts';
import { createMemory, type Memory } from './memory.ts';
import type { Clock, EventRow, FactReader, Job, Log, Meter, ProjectionRow, Store, Tell, Timers } from './ports.ts';
import { replay, Unreadable } from './replay.ts';
import { again, refusal } from './waiting.ts';
import { createWatching, type Watching } from './watching.ts';

export interface HostDeps {
  readonly register: Readonly<Record<string, AnyRoom>>;
  readonly facts: Readonly<Record<string, FactReader>>;
  readonly store: Store;
  readonly journal: Journal;
  readonly tell: Tell;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly meter: Meter;
  readonly log: Log;
  readonly limits: Limits;
  readonly owner: string;
  rowsOf(room: AnyRoom, id: string, state: unknown, stamp: { at: string; seq: number }): readonly ProjectionRow[];
  jobsOf(room: AnyRoom, event: EventRow, data: unknown, state: unknown): readonly Job[];
  /** A room's durable change, for whoever follows along. */
  onChange(change: { readonly rows: readonly ProjectionRow[] }): void;
}

export interface Host extends RoomsApi {
  /** The command a deadline stands for, if the room still has it. */
  due(room: string, name: string, at: string): Promise<Deadline | 'gone' | 'later'>;
  sweep(): Promise<void>;
  /** No new commands; what is under way ends, then snapshots. True if nothing was left over. */
  drain(): Promise<boolean>;
  readonly rooms: number;
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
      meter.fenced(room.declared.kind);
      log.warn(
        about,
        'fenced: another node has taken this room; do two nodes share this database without knowing of each other?',
      );
    } else log.warn(about, 'a room is loaded anew: the outcome of its last write is not known');
    room.drop(why);
    watching.regain(room);
  };

  const memory: Memory = createMemory({
    ...deps,
    isWanted: ({ id }) => commands.isWaitedFor(id) || watching.isWatched(id),
    onLoaded({ declared, id, standing, at }) {
      if (standing.seq > 0)
        deps.onChange({ rows: deps.rowsOf(declared, id, standing.state, { at, seq: standing.seq }) });
    },
    roomDeps: {
      ...deps,
      dedupeMax: limits.dedupeCommandsMax,
      onCommit(room, rows) {
        deps.onChange({ rows });
        memory.snapshotIfDue(room);
        watching.publish(room);
      },
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
    ...watching,
    send: commands.send,
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
      if ('ok' in declared) return 'gone';
      const room = await memory.bring(id, declared);
      if (typeof room === 'string') return 'later';
      if (room.isNew && !commands.isWaitedFor(id)) memory.forget(room);
      const deadlines: readonly Deadline[] = declared.deadlines?.(room.standing.state) ?? [];
      return (
        deadlines.find((deadline) => deadline.name === name && Date.parse(deadline.at) === Date.parse(at)) ?? 'gone'
      );
    },
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
    get waiting() {
      return commands.waiting;
    },
  };
};
