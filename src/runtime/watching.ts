/** Who looks into which room of this node, and how they learn of what became durable. */
import { type AnyRoom, offers } from '../../rooms/kit.ts';
import type { Refusal } from '../../rooms/protocol.ts';
import type { Limits } from '../limits.ts';
import type { ActiveRoom } from './active-room.ts';
import type { RoomsApi } from './api.ts';
import { type Audience, createAudience, type Face } from './audience.ts';
import type { Memory } from './memory.ts';
import type { Clock, Log, Meter, Tell, Timers } from './ports.ts';
import { again, refusal } from './waiting.ts';

interface Deps {
  declaredOf(id: string): AnyRoom | Refusal;
  readonly memory: Memory;
  isClosed(): boolean;
  isWaitedFor(id: string): boolean;
  readonly tell: Tell;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly meter: Meter;
  readonly limits: Limits;
}
export interface Watching extends Omit<RoomsApi, 'send' | 'read'> {
  isWatched(room: string): boolean;
  publish(room: ActiveRoom): void;
  /** The room was lost from memory while people look: load it again, so that everyone starts afresh from the truth. */
  regain(room: ActiveRoom): void;
  sweep(): void;
}

export const createWatching = (deps: Deps): Watching => {
  const { declaredOf, memory, timers, limits } = deps;
  const audiences = new Map<string, Audience>();
  const roomsOfWatcher = new Map<string, Set<string>>();

  /** The room, with something durable to show, or why not. */
  const brought = async (id: string): Promise<ActiveRoom | Refusal> => {
    const declared = declaredOf(id);
    if ('ok' in declared) return declared;
    if (deps.isClosed()) return again('unavailable', limits.retryAfterMs);
    const room = await memory.bring(id, declared);
    if (room === 'unreadable') return refusal('room/unreadable');
    if (typeof room === 'string') return again(room, limits.retryAfterMs);
    // Lost while we waited for it: what it shows may already be untrue.
    if (room.isDead) return brought(id);
    if (room.standing.seq > 0) return room;
    if (!deps.isWaitedFor(id)) memory.forget(room);
    return refusal('not-found');
  };

  const leave = (id: string, watcherId: string) => {
    roomsOfWatcher.get(watcherId)?.delete(id);
    const audience = audiences.get(id);
    audience?.leave(watcherId);
    if (audience?.size === 0) audiences.delete(id);
  };

  /** There is nothing true to show any more: everybody is unseated, and may try again. */
  const dismiss = (id: string) => {
    for (const watcherId of audiences.get(id)?.everyone() ?? []) {
      leave(id, watcherId);
      deps.tell.toWatcher(watcherId, { room: id, seat: null });
    }
  };

  const regain = (declared: AnyRoom, id: string, tries: number) => {
    const pauseMs = Math.min(limits.retryAfterMs * tries, 2_000);
    timers.after(pauseMs, () => {
      if (deps.isClosed() || !audiences.has(id)) return;
      void memory.bring(id, declared).then((room) => {
        if (room === 'unreadable') return dismiss(id);
        if (typeof room === 'string') regain(declared, id, tries + 1);
        else audiences.get(id)?.greet(room.standing);
      });
    });
  };

  return {
    async sit(id, watcher) {
      const room = await brought(id);
      if ('ok' in room) return room;
      let audience = audiences.get(id);
      if (audience && audience.size >= limits.watchersPerRoomMax && !audience.has(watcher.id))
        return again('busy', limits.retryAfterMs);
      audience ??= createAudience(id, faceOf(room.declared), deps);
      const seat = audience.sit(watcher, room.standing);
      if (audience.size > 0) audiences.set(id, audience);
      else audiences.delete(id);
      if (seat === null) return refusal('not-found');
      memory.touch(id);
      let ids = roomsOfWatcher.get(watcher.id);
      if (!ids) roomsOfWatcher.set(watcher.id, (ids = new Set()));
      ids.add(id);
      return { ok: true, seat };
    },
    async look(id, watcherId, since) {
      const room = await brought(id);
      if ('ok' in room) return room;
      return audiences.get(id)?.look(watcherId, room.standing, since) ?? refusal('not-found');
    },
    leave,
    gone(watcherId) {
      for (const id of roomsOfWatcher.get(watcherId) ?? []) leave(id, watcherId);
      roomsOfWatcher.delete(watcherId);
    },
    recall(watcher) {
      for (const id of roomsOfWatcher.get(watcher.id) ?? [])
        audiences.get(id)?.recall(watcher, memory.get(id)?.standing ?? null);
    },
    alive(watcherIds) {
      for (const watcherId of watcherIds)
        for (const id of roomsOfWatcher.get(watcherId) ?? []) audiences.get(id)?.alive(watcherId);
    },
    signal(id, watcherId, kind, data) {
      audiences.get(id)?.signal(watcherId, kind, data);
    },
    isWatched: (id) => audiences.has(id),
    publish(room) {
      audiences.get(room.id)?.publish(room.standing);
    },
    regain(room) {
      if (audiences.has(room.id)) regain(room.declared, room.id, 0);
    },
    sweep() {
      for (const [id, audience] of audiences) {
        audience.sweep();
        if (audience.size === 0) audiences.delete(id);
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
