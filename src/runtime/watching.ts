/** The owner's side of watching: who looks into the rooms held here, and how they learn of what became durable. */
import { type AnyRoom, offers } from '../../rooms/kit.ts';
import type { JoinAck, Refusal } from '../../rooms/protocol.ts';
import type { Limits } from '../limits.ts';
import type { ActiveRoom } from './active-room.ts';
import { type Audience, createAudience, type Face } from './audience.ts';
import type { Beat, CaughtUp, Seated, Sitter, Vouched } from './change.ts';
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
  leave(room: string, watcherIds: readonly string[]): void;
  signal(room: string, watcherId: string, kind: string, data: unknown): void;
  /** Of these rooms, the ones in which not all of these watchers sit here, at this epoch. */
  vouch(rooms: readonly Vouched[]): readonly string[];
}
export interface Watching extends Seats {
  isWatched(room: string): boolean;
  publish(room: ActiveRoom): void;
  /** The room is held here no more. */
  dismiss(room: ActiveRoom): void;
  /** Where the rooms stand that were taken or changed of late; forgets them if nobody wants to know. */
  beats(isWanted: boolean): readonly Beat[];
  /** The room has just been taken: other nodes may not know. */
  taken(room: ActiveRoom): void;
  sweep(): void;
}

export const createWatching = (deps: Deps): Watching => {
  const { declaredOf, memory, limits } = deps;
  const audiences = new Map<string, { readonly room: ActiveRoom; readonly audience: Audience }>();
  /** Rooms to be named in the next beacons, and in how many. */
  const recent = new Map<string, number>();
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
    if (!deps.isWaitedFor(id)) memory.forget(room);
    return refusal('not-found');
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
      if (audience.size + coming > limits.watchersPerRoomMax) return again('busy', limits.retryAfterMs);
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
    leave(id, watcherIds) {
      const found = held(id);
      if (!found) return;
      for (const watcherId of watcherIds) found.audience.leave(watcherId);
      dropIfEmpty(id, found.audience);
    },
    signal(id, watcherId, kind, data) {
      held(id)?.audience.signal(watcherId, kind, data);
    },
    vouch: (rooms) =>
      rooms
        .filter(({ room, epoch, watchers }) => {
          const found = held(room);
          return !(found?.room.standing.epoch === epoch && found.audience.vouch(watchers));
        })
        .map(({ room }) => room),
    isWatched: (id) => audiences.has(id),
    publish(room) {
      const found = audiences.get(room.id);
      if (!found) return;
      found.audience.publish(room.standing);
      dropIfEmpty(room.id, found.audience);
      recent.set(room.id, limits.beaconRepeats);
    },
    dismiss(room) {
      const found = audiences.get(room.id);
      if (found?.room !== room) return;
      audiences.delete(room.id);
      found.audience.close();
      deps.announce.lost(room.id, room.standing.epoch, found.audience.nodes);
    },
    taken(room) {
      recent.set(room.id, limits.beaconRepeats);
    },
    beats(isWanted) {
      const beats: Beat[] = [];
      if (!isWanted) recent.clear();
      for (const [id, left] of recent) {
        if (left > 1) recent.set(id, left - 1);
        else recent.delete(id);
        const found = held(id);
        const room = found?.room ?? memory.get(id);
        if (!room || room.isDead || room.standing.seq === 0) continue;
        // With nobody seated here: whoever believes to sit here has missed something.
        const empty = { room: id, epoch: room.standing.epoch, seating: nextSeating(), lasts: {} };
        beats.push(found?.audience.beat(room.standing) ?? empty);
      }
      return beats;
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
