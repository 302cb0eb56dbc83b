/** Runs the derived rooms: started when first watched, fed by durable changes, told at most every `boardEveryMs`, dropped when nobody looks. */
import type { AnyDerivedRoom } from '../../rooms/derived.ts';
import type { Caller } from '../../rooms/kit.ts';
import type { Refusal, Sight } from '../../rooms/protocol.ts';
import type { Limits } from '../limits.ts';
import { type Audience, createAudience } from './audience.ts';
import type { Standing } from './face.ts';
import type { Announce, Cancel, Clock, Log, Meter, NodeId, ProjectionRow, Store, Timers } from './ports.ts';
import { again, refusal } from './waiting.ts';
import type { Seats } from './watching.ts';

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
  readonly self: NodeId;
  readonly store: Store;
  readonly announce: Announce;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly meter: Meter;
  readonly log: Log;
  readonly limits: Limits;
}
/** Every node has its own boards, so their watchers and their owner are always on one node. */
export interface Boards extends Seats {
  has(room: string): boolean;
  read(room: string, by: Caller): Promise<({ readonly ok: true } & Sight) | Refusal>;
  follow(change: { readonly rows: readonly ProjectionRow[] }): void;
}

export const createBoards = (deps: Deps): Boards => {
  const { store, clock, timers, log, limits } = deps;
  const declaredById = new Map(deps.register.map((board) => [board.id, board]));
  const running = new Map<string, Running>();
  let lastEpoch = 0;
  let seatings = 0;
  const nextSeating = () => ++seatings;

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
      audience: createAudience(declared.id, face, { ...deps, nextSeating }),
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

  /** What is shown and what is patched must be the same step: a change that waits is told now. */
  const upToDate = (id: string): { readonly audience: Audience; readonly standing: Standing } | undefined => {
    const board = running.get(id);
    if (!board?.standing) return undefined;
    if (board.due) {
      board.due();
      board.due = null;
      board.audience.publish(board.standing);
    }
    return { audience: board.audience, standing: board.standing };
  };

  return {
    has: (id) => declaredById.has(id),
    follow({ rows }) {
      if (running.size === 0) return;
      for (const row of rows)
        for (const board of running.values()) if (board.declared.of === row.projection) take(board, row);
    },
    async sit(id, node, sitters, wantsSights) {
      const declared = declaredById.get(id);
      if (!declared || sitters.every(({ by }) => declared.seat(by) === null)) {
        for (const sitter of sitters) running.get(id)?.audience.leave(sitter.id, sitter.ticket);
        dropIfEmpty(id);
        return refusal('not-found');
      }
      const board = running.get(id) ?? start(declared);
      try {
        await board.ready;
      } catch (error) {
        if (running.get(id) === board) running.delete(id);
        log.error({ room: id, error: String(error) }, 'a board could not start');
        return again('unavailable', limits.retryAfterMs);
      }
      if (running.get(id) !== board) return again('unavailable', limits.retryAfterMs);
      const { audience } = board;
      const coming = sitters.filter((sitter) => !audience.has(sitter.id)).length;
      if (!wantsSights && audience.size + coming > limits.watchersPerRoomMax) return again('busy', limits.retryAfterMs);
      const seated = audience.sit(node, sitters, upToDate(id)!.standing, wantsSights);
      dropIfEmpty(id);
      return seated;
    },
    look(id, watcherId, since) {
      const board = upToDate(id);
      return board?.audience.look(watcherId, board.standing, since) ?? again('moved', limits.retryAfterMs);
    },
    catchUp(id, epoch, lasts) {
      const board = upToDate(id);
      if (board?.standing.epoch !== epoch) return again('moved', limits.retryAfterMs);
      return board.audience.catchUp(lasts, board.standing);
    },
    leave(id, watcherId, ticket) {
      running.get(id)?.audience.leave(watcherId, ticket);
      dropIfEmpty(id);
    },
    vouch: () => ({ ok: true, lost: [], beats: [] }),
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
