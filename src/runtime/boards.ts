/** Runs the derived rooms: started when first watched, fed by durable changes, told at most every `boardEveryMs`, dropped when nobody looks. */
import type { AnyDerivedRoom } from '../../rooms/derived.ts';
import type { JoinAck } from '../../rooms/protocol.ts';
import type { Limits } from '../limits.ts';
import type { RoomsApi } from './api.ts';
import { type Audience, createAudience, type Standing } from './audience.ts';
import type { Cancel, Clock, Log, Meter, ProjectionRow, Store, Tell, Timers } from './ports.ts';
import { again, refusal } from './waiting.ts';

interface Running {
  readonly declared: AnyDerivedRoom;
  readonly audience: Audience;
  standing: Standing | null;
  /** Changes that came while the rows were being read. */
  early: ProjectionRow[];
  ready: Promise<void>;
  due: Cancel | null;
}
interface Deps {
  readonly register: readonly AnyDerivedRoom[];
  readonly store: Store;
  readonly tell: Tell;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly meter: Meter;
  readonly log: Log;
  readonly limits: Limits;
}
export interface Boards extends Omit<RoomsApi, 'send'> {
  has(room: string): boolean;
  follow(change: { readonly rows: readonly ProjectionRow[] }): void;
}

export const createBoards = (deps: Deps): Boards => {
  const { store, clock, timers, log, limits } = deps;
  const declaredById = new Map(deps.register.map((board) => [board.id, board]));
  const running = new Map<string, Running>();
  let lastEpoch = 0;

  const start = (declared: AnyDerivedRoom): Running => {
    const kind = declared.id.slice(0, declared.id.indexOf('/'));
    const face = {
      kind,
      seat: (_: unknown, by: Parameters<AnyDerivedRoom['seat']>[0]) => declared.seat(by),
      view: (state: unknown, seat: string) => declared.view[seat]!(state),
      offers: () => [],
    };
    const board: Running = {
      declared,
      audience: createAudience(declared.id, face, deps),
      standing: null,
      early: [],
      ready: Promise.resolve(),
      due: null,
    };
    board.ready = begin(board);
    running.set(declared.id, board);
    return board;
  };

  /** Followed first, read second: no change falls between, and one seen twice does no harm. */
  const begin = async (board: Running) => {
    const rows = await store.rows(board.declared.of, board.declared.columns);
    let state = board.declared.start(rows);
    for (const { row } of board.early.splice(0)) state = board.declared.follow(state, row);
    // A later start has a higher epoch, so nobody mixes two counts.
    lastEpoch = Math.max(lastEpoch + 1, clock.now());
    board.standing = { epoch: lastEpoch, seq: 1, state };
  };

  const take = (board: Running, row: ProjectionRow) => {
    if (!board.standing) return void board.early.push(row);
    const { epoch, seq, state } = board.standing;
    const next = board.declared.follow(state, row.row);
    if (next === state) return;
    board.standing = { epoch, seq: seq + 1, state: next };
    board.due ??= timers.after(limits.boardEveryMs, () => {
      board.due = null;
      board.audience.publish(board.standing!);
    });
  };

  const dropIfEmpty = (id: string) => {
    const board = running.get(id);
    // One that is still being read has nobody yet, but somebody waits for it.
    if (!board?.standing || board.audience.size > 0) return;
    board.due?.();
    running.delete(id);
  };

  /** The board as it was last told: what is shown and what is patched must be the same step. */
  const look = (id: string, watcherId: string, since?: Parameters<RoomsApi['look']>[2]): JoinAck => {
    const board = running.get(id);
    if (!board?.standing) return refusal('not-found');
    if (board.due) {
      board.due();
      board.due = null;
      board.audience.publish(board.standing);
    }
    return board.audience.look(watcherId, board.standing, since) ?? refusal('not-found');
  };

  return {
    has: (id) => declaredById.has(id),
    follow({ rows }) {
      if (running.size === 0) return;
      for (const row of rows)
        for (const board of running.values()) if (board.declared.of === row.projection) take(board, row);
    },
    async sit(id, watcher) {
      const declared = declaredById.get(id);
      if (!declared || declared.seat(watcher.by) === null) return refusal('not-found');
      const board = running.get(id) ?? start(declared);
      try {
        await board.ready;
      } catch (error) {
        if (running.get(id) === board) running.delete(id);
        log.error({ room: id, error: String(error) }, 'a board could not start');
        return again('unavailable', limits.retryAfterMs);
      }
      if (board.audience.size >= limits.watchersPerRoomMax && !board.audience.has(watcher.id))
        return again('busy', limits.retryAfterMs);
      if (running.get(id) !== board) return again('unavailable', limits.retryAfterMs);
      return { ok: true, seat: board.audience.sit(watcher, board.standing!)! };
    },
    look: (id, watcherId, since) => Promise.resolve(look(id, watcherId, since)),
    leave(id, watcherId) {
      running.get(id)?.audience.leave(watcherId);
      dropIfEmpty(id);
    },
    gone(watcherId) {
      for (const [id, { audience }] of running) {
        audience.leave(watcherId);
        dropIfEmpty(id);
      }
    },
    recall(watcher) {
      for (const { audience, standing } of running.values()) if (standing) audience.recall(watcher, standing);
    },
    alive(watcherIds) {
      for (const { audience } of running.values()) for (const id of watcherIds) audience.alive(id);
    },
    signal() {},
    async read(id, by) {
      const declared = declaredById.get(id);
      const seat = declared?.seat(by) ?? null;
      if (!declared || seat === null) return refusal('not-found');
      const board = running.get(id);
      const standing = board?.standing ?? {
        epoch: clock.now(),
        seq: 1,
        state: declared.start(await store.rows(declared.of, declared.columns)),
      };
      return {
        ok: true,
        seat,
        epoch: standing.epoch,
        seq: standing.seq,
        view: declared.view[seat]!(standing.state),
        offers: [],
      };
    },
  };
};
