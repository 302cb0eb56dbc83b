/** Puts the runtime together. Everything it needs from the world comes in as an argument, so a test can run a whole node on a fake clock. */
import type { AnyDerivedRoom } from '../../rooms/derived.ts';
import type { AnyRoom } from '../../rooms/kit.ts';
import type { Limits } from '../limits.ts';
import type { RoomsApi } from './api.ts';
import { createBoards } from './boards.ts';
import { createCanary } from './canary.ts';
import { createDeadlineClock } from './deadline-clock.ts';
import { createHost } from './host.ts';
import { createJournal } from './journal.ts';
import type { Clock, FactReader, Log, Meter, Placement, ProjectionRow, Store, Tell, Timers } from './ports.ts';
import { createReactions, type Reaction } from './reactions.ts';
import { createRouter } from './router.ts';

/** A list kept beside the rooms of one kind: one row per room, a pure function of the room's state. */
export interface Projection {
  readonly name: string;
  readonly of: string;
  row(
    state: unknown,
    about: { readonly room: string; readonly at: string; readonly seq: number },
  ): Readonly<Record<string, unknown>>;
}

export interface RuntimeDeps {
  /** This node's name; written as the owner of the rooms it holds. */
  readonly nodeId: string;
  readonly register: Readonly<Record<string, AnyRoom>>;
  readonly boards: readonly AnyDerivedRoom[];
  readonly projections: readonly Projection[];
  readonly reactions: readonly Reaction[];
  readonly facts: Readonly<Record<string, FactReader>>;
  readonly store: Store;
  readonly tell: Tell;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly meter: Meter;
  readonly log: Log;
  readonly limits: Limits;
  placement(self: string): Placement;
}

export interface Runtime {
  readonly rooms: RoomsApi;
  /** The journal takes a write right now. */
  isAlive(): Promise<boolean>;
  start(): void;
  /** True if nothing was left undone. */
  stop(): Promise<boolean>;
  readonly roomsInMemory: number;
  readonly commandsWaiting: number;
}

export const createRuntime = (deps: RuntimeDeps): Runtime => {
  const { nodeId, timers, limits } = deps;
  const projectionsByKind = Map.groupBy(deps.projections, (projection) => projection.of);
  const rowsOf = (
    room: AnyRoom,
    id: string,
    state: unknown,
    stamp: { at: string; seq: number },
  ): readonly ProjectionRow[] =>
    (projectionsByKind.get(room.kind) ?? []).map(({ name, row }) => ({
      room: id,
      projection: name,
      row: row(state, { room: id, ...stamp }),
    }));

  const journal = createJournal({ ...deps, owner: nodeId });
  const boards = createBoards({ ...deps, register: deps.boards });
  const host = createHost({
    ...deps,
    owner: nodeId,
    journal,
    rowsOf,
    jobsOf: createReactions(deps.reactions),
    onChange: boards.follow,
  });
  const rooms = createRouter({ self: nodeId, host, boards, placement: deps.placement(nodeId), mesh: null });
  const deadlines = createDeadlineClock({ ...deps, host, rooms });
  const canary = createCanary({ ...deps, journal, owner: nodeId });
  const running: (() => void)[] = [];

  return {
    rooms,
    isAlive: canary.isAlive,
    start() {
      running.push(timers.every(limits.sweepEveryMs, () => void host.sweep()));
      running.push(timers.every(limits.deadlinePollMs, () => void deadlines.look()));
    },
    async stop() {
      for (const cancel of running.splice(0)) cancel();
      return host.drain();
    },
    get roomsInMemory() {
      return host.rooms;
    },
    get commandsWaiting() {
      return host.waiting;
    },
  };
};
