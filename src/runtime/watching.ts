/** The owner's side of watching: who looks into the rooms held here, and how they learn of what became durable. */
import { type AnyRoom, offers } from '../../rooms/kit.ts';
import type { JoinAck, Refusal } from '../../rooms/protocol.ts';
import type { Limits } from '../limits.ts';
import type { ActiveRoom } from './active-room.ts';
import { type Audience, createAudience } from './audience.ts';
import type { Face } from './face.ts';
import type { Beat, CaughtUp, Corrected, Seated, Sitter, Vouched } from './change.ts';
import type { Memory } from './memory.ts';
import type { Announce, Clock, Log, Meter, NodeId, Timers } from './ports.ts';
import { again, refusal } from './waiting.ts';

interface Deps {
  readonly self: NodeId;
  declaredOf(id: string): AnyRoom | Refusal;
  readonly memory: Memory;
  isClosed(): boolean;
  isWaitedFor(id: string): boolean;
  readonly announce: Announce;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly meter: Meter;
  readonly limits: Limits;
}
/** What the nodes of the watchers ask of a room's owner. */
export interface Seats {
  sit(room: string, node: NodeId, sitters: readonly Sitter[], wantsSights: boolean): Promise<Seated | Refusal>;
  /** What a seated watcher missed since, or the whole view. `moved` if it does not sit here. */
  look(room: string, watcherId: string, since?: { epoch: number; seq: number; seat: string }): JoinAck;
  catchUp(room: string, epoch: number, lasts: Readonly<Record<string, number>>): CaughtUp | Refusal;
  leave(room: string, watcherId: string, ticket: number): void;
  signal(room: string, watcherId: string, kind: string, data: unknown): void;
  /** What the node that vouches does not know: rooms in which its watchers do not sit, and where others stand. */
  vouch(rooms: readonly Vouched[]): Corrected;
}
export interface Beats {
  readonly beats: readonly Beat[];
  readonly nodes: ReadonlySet<NodeId>;
}
export interface Watching extends Seats {
  isWatched(room: string): boolean;
  publish(room: ActiveRoom): void;
  /** The room is held here no more. */
  dismiss(room: ActiveRoom): void;
  /** Where the rooms stand that were taken or changed of late, and who watches them; forgets them if nobody wants to know. */
  beats(isWanted: boolean): Beats;
  /** The room has just been taken: other nodes may not know. */
  taken(room: ActiveRoom): void;
  sweep(): void;
  readonly watchers: number;
}

export const createWatching = (deps: Deps): Watching => {
  const { declaredOf, memory, clock, limits } = deps;
  const audiences = new Map<string, { readonly room: ActiveRoom; readonly audience: Audience }>();
  /** Rooms to be named in the next beacons: since when (monotonic), and when next: soon, and then ever more seldom. */
  const recent = new Map<string, { readonly since: number; next: number }>();
  let seatings = 0;
  const nextSeating = () => ++seatings;

  /** The room, with something durable to show, or why not. */
  const brought = async (id: string): Promise<ActiveRoom | Refusal> => {
    const declared = declaredOf(id);
    if ('ok' in declared) return declared;
    if (deps.isClosed()) return again('unavailable', limits.retryAfterMs);
    const room = await memory.bring(id, declared);
    if (room === 'unreadable') return refusal('room/unreadable');
    if (typeof room === 'string') return again(room, limits.retryAfterMs);
    // Lost while we waited for it: what it shows may already be untrue.
    if (room.isDead) return again('moved', limits.retryAfterMs);
    if (room.standing.seq > 0) return room;
    // Somebody is just opening it, here or, before we know, elsewhere: in a moment it is there or it is not.
    if (deps.isWaitedFor(id)) return again('busy', limits.retryAfterMs);
    memory.forget(room);
    return refusal('not-found');
  };
  const name = (id: string) => {
    const now = clock.monotonic();
    recent.set(id, { since: now, next: now });
  };
  const held = (id: string) => {
    const found = audiences.get(id);
    return found && !found.room.isDead ? found : undefined;
  };
  const dropIfEmpty = (id: string, audience: Audience) => {
    if (audience.size > 0) return;
    audience.close();
    audiences.delete(id);
  };

  return {
    async sit(id, node, sitters, wantsSights) {
      const room = await brought(id);
      if ('ok' in room) return room;
      const audience = held(id)?.audience ?? createAudience(id, faceOf(room.declared), { ...deps, nextSeating });
      const coming = sitters.filter((sitter) => !audience.has(sitter.id)).length;
      // Whoever is seated anew was counted before.
      if (!wantsSights && audience.size + coming > limits.watchersPerRoomMax) return again('busy', limits.retryAfterMs);
      const seated = audience.sit(node, sitters, room.standing, wantsSights);
      audiences.set(id, { room, audience });
      dropIfEmpty(id, audience);
      memory.touch(id);
      return seated;
    },
    look(id, watcherId, since) {
      const found = held(id);
      return (
        found?.audience.look(watcherId, found.room.standing, since) ??
        again(deps.isClosed() ? 'unavailable' : 'moved', limits.retryAfterMs)
      );
    },
    catchUp(id, epoch, lasts) {
      const found = held(id);
      if (found?.room.standing.epoch !== epoch) return again('moved', limits.retryAfterMs);
      return found.audience.catchUp(lasts, found.room.standing);
    },
    leave(id, watcherId, ticket) {
      const found = held(id);
      if (!found) return;
      found.audience.leave(watcherId, ticket);
      dropIfEmpty(id, found.audience);
    },
    signal(id, watcherId, kind, data) {
      held(id)?.audience.signal(watcherId, kind, data);
    },
    vouch(rooms) {
      const lost: string[] = [];
      const beats: Beat[] = [];
      for (const { room, epoch, seating, lasts, watchers } of rooms) {
        const found = held(room);
        if (found?.room.standing.epoch !== epoch || !found.audience.vouch(watchers)) {
          lost.push(room);
          continue;
        }
        const beat = found.audience.beat(found.room.standing);
        const isBehind = Object.entries(lasts).some(([seat, last]) => (beat.lasts[seat] ?? 0) > last);
        if (isBehind || beat.seating !== seating) beats.push(beat);
      }
      return { ok: true, lost, beats };
    },
    isWatched: (id) => audiences.has(id),
    publish(room) {
      const found = audiences.get(room.id);
      if (!found) return;
      found.audience.publish(room.standing);
      dropIfEmpty(room.id, found.audience);
      name(room.id);
    },
    dismiss(room) {
      const found = audiences.get(room.id);
      if (found?.room !== room) return;
      audiences.delete(room.id);
      found.audience.close();
      deps.announce.lost(room.id, room.standing.epoch, found.audience.nodes);
    },
    taken(room) {
      name(room.id);
    },
    beats(isWanted) {
      const beats: Beat[] = [];
      if (!isWanted) recent.clear();
      const nodes = new Set<NodeId>();
      const now = clock.monotonic();
      for (const [id, naming] of recent) {
        if (naming.since + limits.beaconKeepMs <= now) recent.delete(id);
        if (naming.next > now) continue;
        naming.next = now + Math.max(limits.beaconFastMs, now - naming.since);
        const found = held(id);
        const room = found?.room ?? memory.get(id);
        if (!room || room.isDead || room.standing.seq === 0) continue;
        // With nobody seated here: whoever believes to sit here has missed something.
        const empty = { room: id, epoch: room.standing.epoch, seating: nextSeating(), lasts: {} };
        beats.push(found?.audience.beat(room.standing) ?? empty);
        for (const node of found?.audience.nodes ?? []) nodes.add(node);
      }
      return { beats, nodes };
    },
    get watchers() {
      let all = 0;
      for (const { audience } of audiences.values()) all += audience.size;
      return all;
    },
    sweep() {
      for (const [id, { audience }] of audiences) {
        audience.sweep();
        dropIfEmpty(id, audience);
      }
    },
  };
};

const faceOf = (declared: AnyRoom): Face => ({
  kind: declared.kind,
  seat: (state, by) => declared.seat(state, by),
  view: (state, seat) => declared.view[seat](state),
  offers: (state, seat) => offers(declared, state as { status: string }, seat),
  ...(declared.signals && { signals: declared.signals }),
  ...(declared.presence && { presence: declared.presence }),
});
