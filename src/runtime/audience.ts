/**
 * Everyone looking into one room, by seat, as the room's owner knows them. A seat is one broadcast group with one view: a
 * change is diffed once per seat, never once per socket. It knows which node each watcher is connected to, and lives no longer
 * than the room's stay in memory: the watchers' nodes keep the list, and bring it to the next owner.
 */
import type { Caller } from '../../rooms/kit.ts';
import type { JoinAck, Sight, SignalMessage } from '../../rooms/protocol.ts';
import type { Limits } from '../limits.ts';
import type { Beat, CaughtUp, Seated, Sitter } from './change.ts';
import type { Announce, Clock, Log, Meter, NodeId, Timers } from './ports.ts';
import type { Face, Standing } from './face.ts';
import { createHeldSeats } from './held-seats.ts';
import { createPresence } from './presence.ts';
import { createSeatView, type SeatView } from './seat-view.ts';

export interface Audience {
  readonly size: number;
  /** Nodes with watchers here. */
  readonly nodes: ReadonlySet<NodeId>;
  has(watcherId: string): boolean;
  /** Seats them, each by what the caller may be in this state. */
  sit(node: NodeId, sitters: readonly Sitter[], standing: Standing, wantsSights: boolean): Seated;
  look(watcherId: string, standing: Standing, since?: { epoch: number; seq: number; seat: string }): JoinAck | null;
  /** What the seats missed since these seqs. */
  catchUp(lasts: Readonly<Record<string, number>>, standing: Standing): CaughtUp;
  /** Unless it has taken a seat again since. */
  leave(watcherId: string, ticket: number): void;
  /** The next committed state: seats are decided anew first, then each seat is told what changed for it. */
  publish(standing: Standing): void;
  signal(watcherId: string, kind: string, data: unknown): void;
  /** True if all of them sit here. */
  vouch(watcherIds: readonly string[]): boolean;
  beat(standing: Standing): Beat;
  /** Forgets watchers of other nodes that nobody vouched for within the presence time. */
  sweep(): void;
  close(): void;
}

interface Deps {
  readonly self: NodeId;
  /** A number higher than any before, for all rooms of this node: a seating is never used twice. */
  nextSeating(): number;
  readonly announce: Announce;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly meter: Meter;
  readonly limits: Limits;
}
interface Watching {
  by: Caller;
  seat: string;
  ticket: number;
  seenAt: number;
  readonly node: NodeId;
}

export const createAudience = (
  room: string,
  face: Face,
  { self, nextSeating, announce, clock, timers, log, meter, limits }: Deps,
): Audience => {
  const watchers = new Map<string, Watching>();
  const views = new Map<string, SeatView>();
  const nodes = new Set<NodeId>();
  const held = createHeldSeats(clock, limits.presenceTtlMs);
  let seating = nextSeating();
  let epoch = 0;

  const sightOf = (seat: string, standing: Standing): Sight => ({
    seat,
    epoch: standing.epoch,
    seq: standing.seq,
    view: face.view(standing.state, seat),
    offers: face.offers(standing.state, seat),
  });
  const viewOf = (seat: string, standing: Standing): SeatView => {
    let view = views.get(seat);
    if (!view) views.set(seat, (view = createSeatView(room, seat, face, standing, limits.ringBytesMax)));
    return view;
  };
  /** What a node must know of the seats its watchers take. */
  const about = (seats: Iterable<string | null>, standing: Standing, wantsSights: boolean) => {
    const lasts: Record<string, number> = {};
    const sights: Record<string, Sight> = {};
    for (const seat of seats) {
      if (seat === null || Object.hasOwn(lasts, seat)) continue;
      lasts[seat] = viewOf(seat, standing).last;
      if (wantsSights) sights[seat] = sightOf(seat, standing);
    }
    return { lasts, sights };
  };

  /** A seat nobody sits in is not diffed any more; a node nobody watches from is not told. */
  const vacated = (seat: string, node: NodeId) => {
    let isTaken = false;
    let isWatching = false;
    for (const watcher of watchers.values()) {
      isTaken ||= watcher.seat === seat;
      isWatching ||= watcher.node === node;
      if (isTaken && isWatching) break;
    }
    if (!isTaken) views.delete(seat);
    if (!isWatching) nodes.delete(node);
    presence.changed();
  };
  const remove = (id: string) => {
    const watcher = watchers.get(id);
    if (!watcher) return;
    watchers.delete(id);
    held.leave(watcher.by);
    vacated(watcher.seat, watcher.node);
  };

  const signalTo = (seats: readonly string[], message: SignalMessage) => {
    const taken = seats.filter((seat) => views.has(seat));
    if (taken.length > 0) announce.signal({ room, epoch, seating, seats: taken, message }, nodes);
  };

  const presence = createPresence({
    timers,
    everyMs: limits.presenceEveryMs,
    people: () => watchers.values(),
    tell: (people) => signalTo(face.presence ?? [], { room, kind: 'presence', data: { people } }),
    isWanted: face.presence !== undefined,
  });

  /** A seat that cannot be decided is none: a defect in a room shows nobody too much. */
  const seatOf = ({ state, seq }: Standing, by: Caller): string | null => {
    try {
      return face.seat(state, by);
    } catch (error) {
      log.error({ room, seq, error: String(error) }, 'a seat could not be decided');
      return null;
    }
  };
  /** Decide every seat anew: who moved, and where to. */
  const moved = (standing: Standing) => {
    const seats: Record<string, string | null> = {};
    const left: [seat: string, node: NodeId][] = [];
    held.keepAbsent((by, seat) => seatOf(standing, by) === seat);
    for (const [id, watcher] of watchers) {
      const seat = seatOf(standing, watcher.by);
      if (seat === watcher.seat) continue;
      seats[id] = seat;
      left.push([watcher.seat, watcher.node]);
      if (seat === null) {
        watchers.delete(id);
        held.lose(watcher.by);
        continue;
      }
      watcher.seat = seat;
      held.take(watcher.by, seat, standing.seq);
    }
    if (left.length === 0) return undefined;
    const was = seating;
    seating = nextSeating();
    const news = { was, seats, ...about(Object.values(seats), standing, true) };
    // They hear of it themselves: a node is only forgotten after this change.
    const told = new Set(nodes);
    for (const [seat, node] of left) vacated(seat, node);
    return { news, told };
  };

  const patches = (standing: Standing) => {
    const found = [];
    for (const [seat, view] of views) {
      try {
        const patch = view.advance(standing);
        if (!patch) continue;
        found.push(patch);
        meter.patch(face.kind);
      } catch (error) {
        // A view with a bug must not blind the other seats.
        log.error({ room, seat, seq: standing.seq, error: String(error) }, 'a seat could not be told');
      }
    }
    return found;
  };

  return {
    get size() {
      return watchers.size;
    },
    nodes,
    has: (id) => watchers.has(id),
    sit(node, sitters, standing, wantsSights) {
      ({ epoch } = standing);
      const seats: Record<string, string | null> = {};
      for (const { id, by, ticket } of sitters) {
        const before = watchers.get(id);
        // An older question that was overtaken on its way: the newer one's answer stands.
        if (before && before.ticket > ticket) {
          seats[id] = before.seat;
          continue;
        }
        const seat = seatOf(standing, by);
        seats[id] = seat;
        if (seat === null) remove(id);
        else {
          held.take(by, seat, standing.seq);
          watchers.set(id, { by, seat, ticket, node, seenAt: clock.monotonic() });
          nodes.add(node);
          viewOf(seat, standing);
          if (before && before.seat !== seat) vacated(before.seat, node);
          else presence.changed();
        }
      }
      return {
        ok: true,
        owner: self,
        epoch: standing.epoch,
        seating,
        seq: standing.seq,
        seats,
        ...about(Object.values(seats), standing, wantsSights),
      };
    },
    look(id, standing, since) {
      const watcher = watchers.get(id);
      if (!watcher) return null;
      const sight = sightOf(watcher.seat, standing);
      const missed =
        since?.seat === watcher.seat &&
        since.epoch === standing.epoch &&
        held.hasHeld(watcher.by, watcher.seat, since.seq) &&
        since.seq <= standing.seq
          ? viewOf(watcher.seat, standing).since(since.seq)
          : null;
      if (!missed) return { ok: true, ...sight };
      return { ok: true, seat: sight.seat, epoch: sight.epoch, seq: sight.seq, patches: missed, offers: sight.offers };
    },
    catchUp(lasts, standing) {
      const missed: CaughtUp['patches'] & Record<string, unknown> = {};
      const sights: Record<string, Sight> = {};
      const now: Record<string, number> = {};
      for (const [seat, last] of Object.entries(lasts)) {
        const view = views.get(seat);
        if (!view) continue;
        const since = view.since(last);
        if (since) missed[seat] = since;
        else sights[seat] = sightOf(seat, standing);
        now[seat] = view.last;
      }
      return { ok: true, epoch: standing.epoch, seating, patches: missed, sights, lasts: now };
    },
    leave(id, ticket) {
      if ((watchers.get(id)?.ticket ?? Infinity) < ticket) remove(id);
    },
    publish(standing) {
      const change = moved(standing);
      const found = patches(standing);
      if (!change && found.length === 0) return;
      const { seq } = standing;
      announce.change(
        { room, epoch: standing.epoch, seating, seq, patches: found, ...(change && { moved: change.news }) },
        change?.told ?? nodes,
      );
    },
    signal(id, kind, data) {
      const watcher = watchers.get(id);
      const declared = Object.hasOwn(face.signals ?? {}, kind) ? face.signals![kind]! : undefined;
      if (!watcher || !declared?.from.includes(watcher.seat)) return;
      const parsed = declared.data.safeParse(data);
      if (!parsed.success) return;
      const by = { accountId: watcher.by.accountId, seat: watcher.seat };
      signalTo(declared.to, { room, kind, data: parsed.data, by });
    },
    vouch(ids) {
      let areAllHere = true;
      for (const id of ids) {
        const watcher = watchers.get(id);
        if (watcher) watcher.seenAt = clock.monotonic();
        else areAllHere = false;
      }
      return areAllHere;
    },
    beat(standing) {
      const lasts: Record<string, number> = {};
      for (const [seat, view] of views) lasts[seat] = view.last;
      return { room, epoch: standing.epoch, seating, lasts };
    },
    sweep() {
      const lapsed = clock.monotonic() - limits.presenceTtlMs;
      let isForgotten = false;
      held.sweep();
      for (const [id, { node, seenAt }] of watchers) {
        if (node === self || seenAt >= lapsed) continue;
        remove(id);
        isForgotten = true;
      }
      // Should one of them be there after all, its node must not go on telling it by a seating that no longer knows it.
      if (isForgotten) seating = nextSeating();
    },
    close: presence.close,
  };
};
