/** Runs the derived rooms: started when first watched, moved by the figures, told at most every `boardEveryMs`, dropped when nobody looks. */
import type { About, AnyDerivedRoom } from '../../rooms/derived.ts';
import type { Caller } from '../../rooms/kit.ts';
import type { Refusal, Sight } from '../../rooms/protocol.ts';
import type { Tally } from '../../rooms/tally.ts';
import type { Limits } from '../limits.ts';
import { type Audience, createAudience } from './audience.ts';
import type { Face, Standing } from './face.ts';
import type { Figures } from './figures.ts';
import type { Announce, Cancel, Clock, Log, Meter, NodeId, Timers } from './ports.ts';
import { again, refusal } from './waiting.ts';
import type { Seats } from './watching.ts';

interface Named {
  readonly declared: AnyDerivedRoom;
  readonly name: string;
}
interface State extends About {
  readonly tally: Tally;
}
interface Running extends Named {
  readonly audience: Audience;
  standing: Standing;
  due: Cancel | null;
}
/** The team each agent is in, as far as it is known now. */
export interface Teams {
  of(agentId: string): string | null;
  onMoved(tell: () => void): void;
}
interface Deps {
  readonly teams?: Teams;
  readonly register: readonly AnyDerivedRoom[];
  readonly figures: Figures;
  today(): string;
  readonly self: NodeId;
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
  /** A new day may have begun: what boards show of today changes without any event. */
  turnDay(): void;
}

export const createBoards = (deps: Deps): Boards => {
  const { figures, today, clock, timers, log, limits } = deps;
  const declaredById = new Map(deps.register.map((board) => [board.id, board]));
  const families = deps.register.filter(({ id }) => id.endsWith('*'));
  const running = new Map<string, Running>();
  let lastEpoch = 0;
  let seatings = 0;
  let shownDay = today();
  const teamOf = (agentId: string) => deps.teams?.of(agentId) ?? null;
  const nextSeating = () => ++seatings;

  const named = (id: string): Named | undefined => {
    const declared = declaredById.get(id);
    if (declared) return { declared, name: '' };
    const family = families.find((board) => id.startsWith(board.id.slice(0, -1)) && id.length >= board.id.length);
    return family && { declared: family, name: id.slice(family.id.length - 1) };
  };
  const stateOf = (tally: Tally, name: string): State => ({ tally, today: today(), name, teamOf });
  const faceOf = ({ declared, name }: Named): Face => ({
    kind: 'board',
    seat: (_, by) => declared.seat(by, name),
    view: (state, seat) => declared.view[seat]!((state as State).tally, state as State),
    offers: () => [],
  });
  /** A later start has a higher epoch, so nobody mixes two counts. */
  const nextEpoch = () => (lastEpoch = Math.max(lastEpoch + 1, clock.now()));

  const start = (id: string, board: Named, tally: Tally): Running => {
    const started: Running = {
      ...board,
      audience: createAudience(id, faceOf(board), { ...deps, nextSeating }),
      standing: { epoch: nextEpoch(), seq: 1, state: stateOf(tally, board.name) },
      due: null,
    };
    running.set(id, started);
    return started;
  };
  const publish = (board: Running) => {
    board.due?.();
    board.due = null;
    const { epoch, seq } = board.standing;
    board.standing = { epoch, seq: seq + 1, state: stateOf(figures.tally!, board.name) };
    board.audience.publish(board.standing);
  };
  const move = () => {
    for (const board of running.values()) board.due ??= timers.after(limits.boardEveryMs, () => publish(board));
  };
  figures.onMoved(move);
  deps.teams?.onMoved(() => figures.tally && move());

  const dropIfEmpty = (id: string) => {
    const board = running.get(id);
    if (!board || board.audience.size > 0) return;
    board.due?.();
    running.delete(id);
  };
  /** What is shown and what is patched must be the same step: a change that waits is told now. */
  const upToDate = (id: string): Running | undefined => {
    const board = running.get(id);
    if (board?.due) publish(board);
    return board;
  };

  return {
    has: (id) => named(id) !== undefined,
    turnDay() {
      if (today() === shownDay) return;
      shownDay = today();
      move();
    },
    async sit(id, node, sitters, wantsSights) {
      const board = named(id);
      if (!board || sitters.every(({ by }) => board.declared.seat(by, board.name) === null)) {
        for (const sitter of sitters) running.get(id)?.audience.leave(sitter.id, sitter.ticket);
        dropIfEmpty(id);
        return refusal('not-found');
      }
      let tally: Tally;
      try {
        tally = await figures.ready();
      } catch (error) {
        log.error({ room: id, error: String(error) }, 'a board could not start');
        return again('unavailable', limits.retryAfterMs);
      }
      if (!running.has(id) && running.size >= limits.boardsMax) return again('busy', limits.retryAfterMs);
      const { audience, standing } = upToDate(id) ?? start(id, board, tally);
      const coming = sitters.filter((sitter) => !audience.has(sitter.id)).length;
      if (!wantsSights && audience.size + coming > limits.watchersPerRoomMax) return again('busy', limits.retryAfterMs);
      const seated = audience.sit(node, sitters, standing, wantsSights);
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
      const board = named(id);
      const seat = board?.declared.seat(by, board.name) ?? null;
      if (!board || seat === null) return refusal('not-found');
      try {
        const tally = await figures.ready();
        const { epoch, seq } = upToDate(id)?.standing ?? { epoch: clock.now(), seq: 1 };
        return { ok: true, seat, epoch, seq, view: faceOf(board).view(stateOf(tally, board.name), seat), offers: [] };
      } catch {
        return again('unavailable', limits.retryAfterMs);
      }
    },
  };
};
