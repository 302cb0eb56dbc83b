/**
 * Everyone looking into one room, by seat. A seat is one broadcast group with one view: a change is diffed once per seat,
 * never once per socket. The audience outlives the room's stay in memory, so a re-activated room can greet it again.
 */
import type { Caller, Signal } from '../../rooms/kit.ts';
import type { JoinAck, Sight } from '../../rooms/protocol.ts';
import type { Limits } from '../limits.ts';
import type { Cancel, Clock, Log, Meter, Tell, Timers, Watcher } from './ports.ts';
import { createSeatView, type SeatView } from './seat-view.ts';

/** The side of a room that faces its watchers; claims and boards alike have one. */
export interface Face {
  readonly kind: string;
  seat(state: unknown, by: Caller): string | null;
  view(state: unknown, seat: string): object;
  offers(state: unknown, seat: string): readonly string[];
  readonly signals?: { readonly [kind: string]: Signal<string> };
  readonly presence?: readonly string[];
}
/** A committed state: the only thing a watcher is ever shown. */
export interface Standing {
  readonly epoch: number;
  readonly seq: number;
  readonly state: unknown;
}
export interface Audience {
  readonly size: number;
  has(watcherId: string): boolean;
  everyone(): readonly string[];
  sit(watcher: Watcher, standing: Standing): string | null;
  look(watcherId: string, standing: Standing, since?: { epoch: number; seq: number; seat: string }): JoinAck | null;
  leave(watcherId: string): void;
  /** The caller changed. Without a standing (the room is being loaded) the seat is decided at the next greeting. */
  recall(watcher: Watcher, standing: Standing | null): void;
  /** The next committed state: seats are decided anew first, then each seat is told what changed for it. */
  publish(standing: Standing): void;
  /** After a change of owner: nobody can be patched from what went before, so every seat starts fresh. */
  greet(standing: Standing): void;
  signal(watcherId: string, kind: string, data: unknown): void;
  alive(watcherId: string): void;
  /** Forgets watchers nobody vouched for within the presence time. */
  sweep(): void;
}

interface Deps {
  readonly tell: Tell;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly meter: Meter;
  readonly limits: Limits;
}

/** More faces than anyone looks through. */
const peopleShownMax = 100;

export const createAudience = (
  room: string,
  face: Face,
  { tell, clock, timers, log, meter, limits }: Deps,
): Audience => {
  const watchers = new Map<string, { by: Caller; seat: string; seenAt: number }>();
  const views = new Map<string, SeatView>();
  let presenceDue: Cancel | null = null;

  const sightOf = (seat: string, { epoch, seq, state }: Standing): Sight => ({
    seat,
    epoch,
    seq,
    view: face.view(state, seat),
    offers: face.offers(state, seat),
  });

  const viewOf = (seat: string, standing: Standing): SeatView => {
    let view = views.get(seat);
    if (!view) views.set(seat, (view = createSeatView(room, seat, face, standing, limits.ringBytesMax)));
    return view;
  };

  const isTaken = (seat: string) => {
    for (const watcher of watchers.values()) if (watcher.seat === seat) return true;
    return false;
  };

  /** A seat nobody sits in is not diffed any more. */
  const vacated = (seat: string) => {
    if (!isTaken(seat)) views.delete(seat);
    tellPresence();
  };

  /** A hundred people arriving are one message, not a hundred to each of them. */
  const tellPresence = () => {
    if (face.presence) presenceDue ??= timers.after(limits.presenceEveryMs, tellPresenceNow);
  };
  const tellPresenceNow = () => {
    presenceDue = null;
    const people: Record<string, string> = {};
    let count = 0;
    for (const { by, seat } of watchers.values()) {
      if (count === peopleShownMax) break;
      if (!Object.hasOwn(people, by.accountId)) count++;
      people[by.accountId] = seat;
    }
    for (const seat of face.presence ?? [])
      if (views.has(seat)) tell.signal(room, seat, { room, kind: 'presence', data: { people } });
  };

  /** Decide a watcher's seat anew; a new seat starts from its whole view, no seat ends the watching. */
  const reseat = (id: string, by: Caller, standing: Standing) => {
    const watcher = watchers.get(id)!;
    const seat = face.seat(standing.state, by);
    watcher.by = by;
    if (seat === watcher.seat) return;
    const left = watcher.seat;
    tell.seat(id, room, left, seat);
    if (seat === null) {
      watchers.delete(id);
      tell.toWatcher(id, { room, seat: null });
    } else {
      watcher.seat = seat;
      viewOf(seat, standing);
      tell.toWatcher(id, { room, ...sightOf(seat, standing) });
    }
    vacated(left);
  };

  const remove = (id: string) => {
    const watcher = watchers.get(id);
    if (!watcher) return;
    watchers.delete(id);
    tell.seat(id, room, watcher.seat, null);
    vacated(watcher.seat);
  };

  return {
    get size() {
      return watchers.size;
    },
    has: (id) => watchers.has(id),
    everyone: () => [...watchers.keys()],
    sit({ id, by }, standing) {
      const seat = face.seat(standing.state, by);
      const before = watchers.get(id)?.seat ?? null;
      if (seat === null) {
        remove(id);
        return null;
      }
      watchers.set(id, { by, seat, seenAt: clock.monotonic() });
      viewOf(seat, standing);
      if (before !== seat) tell.seat(id, room, before, seat);
      if (before !== null && before !== seat) vacated(before);
      else tellPresence();
      return seat;
    },
    look(id, standing, since) {
      const watcher = watchers.get(id);
      if (!watcher) return null;
      const sight = sightOf(watcher.seat, standing);
      const missed =
        since?.seat === watcher.seat && since.epoch === standing.epoch && since.seq <= standing.seq
          ? viewOf(watcher.seat, standing).since(since.seq)
          : null;
      if (!missed) return { ok: true, ...sight };
      return { ok: true, seat: sight.seat, epoch: sight.epoch, seq: sight.seq, patches: missed, offers: sight.offers };
    },
    leave: remove,
    recall({ id, by }, standing) {
      const watcher = watchers.get(id);
      if (!watcher) return;
      if (standing) reseat(id, by, standing);
      else watcher.by = by;
    },
    publish(standing) {
      for (const [id, { by }] of watchers) reseat(id, by, standing);
      for (const [seat, view] of views) {
        try {
          const patch = view.advance(standing);
          if (!patch) continue;
          tell.toSeat(room, seat, patch);
          meter.patch(face.kind);
        } catch (error) {
          // A view with a bug must not blind the other seats.
          log.error({ room, seat, seq: standing.seq, error: String(error) }, 'a seat could not be told');
        }
      }
    },
    greet(standing) {
      views.clear();
      for (const [id, { by }] of watchers) reseat(id, by, standing);
      for (const seat of new Set([...watchers.values()].map((watcher) => watcher.seat))) {
        viewOf(seat, standing);
        tell.toSeat(room, seat, { room, ...sightOf(seat, standing) });
      }
    },
    signal(id, kind, data) {
      const watcher = watchers.get(id);
      const declared = Object.hasOwn(face.signals ?? {}, kind) ? face.signals![kind]! : undefined;
      if (!watcher || !declared?.from.includes(watcher.seat)) return;
      const parsed = declared.data.safeParse(data);
      if (!parsed.success) return;
      const message = { room, kind, data: parsed.data, by: { accountId: watcher.by.accountId, seat: watcher.seat } };
      for (const seat of declared.to) if (views.has(seat)) tell.signal(room, seat, message);
    },
    alive(id) {
      const watcher = watchers.get(id);
      if (watcher) watcher.seenAt = clock.monotonic();
    },
    sweep() {
      const lapsed = clock.monotonic() - limits.presenceTtlMs;
      for (const [id, { seenAt }] of watchers) if (seenAt < lapsed) remove(id);
    },
  };
};
