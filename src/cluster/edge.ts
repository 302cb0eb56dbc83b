/**
 * The watchers connected to this node. It alone keeps the list of who looks into what; owners come and go, and are told anew.
 * It tells a seat's group only what belongs to the very seating it knows, notices what it missed, and fetches it.
 */
import type { JoinAck } from '../../rooms/protocol.ts';
import type { Limits } from '../limits.ts';
import type { RoomsApi } from '../runtime/api.ts';
import type { Beat, Change, SeatSignal } from '../runtime/change.ts';
import type { Log, Meter, NodeId, Tell, Timers } from '../runtime/ports.ts';
import { again, refusal } from '../runtime/waiting.ts';
import type { Seats } from '../runtime/watching.ts';
import { createCatchUp } from './catch-up.ts';
import type { Peers } from './peers.ts';
import { createRegain } from './regain.ts';
import type { Router } from './router.ts';
import { createSitting, follow, type Here, place, reseat, type Sitting } from './sitting.ts';
import { createVouch } from './vouch.ts';

export interface Edge extends Omit<RoomsApi, 'send' | 'read'> {
  hear(change: Change): void;
  hearSignal(signal: SeatSignal): void;
  hearBeats(beats: readonly Beat[]): void;
  /** The owner let go of the room, or lost it. */
  lost(room: string, epoch: number): void;
  /** Every room of that node is perhaps nobody's now. */
  ownerDown(node: NodeId): void;
  /** Tells every owner who still sits here. */
  vouch(): void;
  close(): void;
}
interface Deps {
  readonly self: NodeId;
  readonly router: Router;
  /** The owner's side, for rooms of this node. */
  seatsOf(room: string): Seats;
  readonly peers: Peers;
  readonly tell: Tell;
  readonly timers: Timers;
  readonly meter: Meter;
  readonly log: Log;
  readonly limits: Limits;
  /** 0 to 1. */
  random(): number;
}

export const createEdge = (deps: Deps): Edge => {
  const { self, router, seatsOf, peers, tell, limits } = deps;
  const sittings = new Map<string, Sitting>();
  const roomsOfWatcher = new Map<string, Set<string>>();
  let tickets = 0;
  const nextTicket = () => ++tickets;

  const add = (room: string, id: string, here: Here): Sitting => {
    let sitting = sittings.get(room);
    if (!sitting) sittings.set(room, (sitting = createSitting(room, self)));
    sitting.watchers.set(id, here);
    let rooms = roomsOfWatcher.get(id);
    if (!rooms) roomsOfWatcher.set(id, (rooms = new Set()));
    rooms.add(room);
    return sitting;
  };
  const remove = (sitting: Sitting, id: string) => {
    const { room, watchers } = sitting;
    const watcher = watchers.get(id);
    if (!watcher) return;
    place(sitting, id, watcher, null, tell);
    watchers.delete(id);
    const rooms = roomsOfWatcher.get(id);
    rooms?.delete(room);
    if (rooms?.size === 0) roomsOfWatcher.delete(id);
    if (watchers.size === 0 && sittings.get(room) === sitting) sittings.delete(room);
  };
  const tellLeft = (room: string, owner: NodeId, id: string) => {
    const ticket = nextTicket();
    if (owner === self) seatsOf(room).leave(room, id, ticket);
    else peers.tell(owner, { verb: 'leave', room, watcher: id, ticket });
  };
  const leave = (room: string, id: string) => {
    const sitting = sittings.get(room);
    if (!sitting?.watchers.has(id)) return;
    remove(sitting, id);
    tellLeft(room, sitting.owner, id);
  };
  const unseat = (sitting: Sitting, id: string) => {
    remove(sitting, id);
    tell.toWatcher(id, { room: sitting.room, seat: null });
  };
  const regain = createRegain({ ...deps, nextTicket, unseat, tellLeft });

  const catchUp = createCatchUp({ ...deps, regain });

  /** The sitting this is about, if its seats are those of (epoch, seating). If those are newer, all are asked for anew. */
  const current = (room: string, epoch: number, seating: number): Sitting | undefined => {
    const sitting = sittings.get(room);
    // Nobody seated yet: the answer that seats them is on its way.
    if (!sitting || sitting.epoch === 0) return undefined;
    if (epoch === sitting.epoch && seating === sitting.seating) return sitting;
    if (epoch > sitting.epoch || (epoch === sitting.epoch && seating > sitting.seating)) regain.startOver(sitting);
    return undefined;
  };
  /** An event that moved watchers, on top of the very seating known here, says all there is to know. */
  const move = ({ room, epoch, seating, seq, moved }: Change) => {
    const sitting = sittings.get(room);
    if (!moved || !sitting || epoch !== sitting.epoch || moved.was !== sitting.seating) return;
    sitting.seating = seating;
    for (const id of reseat(sitting, moved, seq, tell)) unseat(sitting, id);
  };

  const hearBeats = (beats: readonly Beat[]) => {
    for (const { room, epoch, seating, lasts } of beats) {
      const sitting = current(room, epoch, seating);
      if (sitting && [...sitting.lasts].some(([seat, last]) => (lasts[seat] ?? 0) > last)) void catchUp(sitting);
    }
  };

  return {
    async sit(room, { id, by }) {
      const ticket = nextTicket();
      const { seat = null, from = 0 } = sittings.get(room)?.watchers.get(id) ?? {};
      const here: Here = { by, seat, from, ticket, isJoining: true };
      const sitting = add(room, id, here);
      try {
        const reply = await router.sit(room, [{ id, by, ticket }], false);
        // It has left, or asked again.
        const isStill = sitting.watchers.get(id) === here;
        // Asked for somebody with other rights than it has by now.
        const isOutdated = here.ticket !== ticket;
        here.isJoining = false;
        const isAdmitted = reply.ok && isStill && !isOutdated && regain.admit(sitting, new Map([[id, ticket]]), reply);
        if (isAdmitted && here.seat !== null) return { ok: true, seat: here.seat };
        if (isStill) remove(sitting, id);
        if (isAdmitted) return refusal('not-found');
        // The owner believes it to be there; or may, if its answer was lost.
        if (!sittings.get(room)?.watchers.has(id)) tellLeft(room, reply.ok ? reply.owner : sitting.owner, id);
        return reply.ok ? again('moved', limits.retryAfterMs) : reply;
      } catch (error) {
        if (sitting.watchers.get(id) === here) remove(sitting, id);
        throw error;
      }
    },
    async look(room, watcherId, since) {
      const sitting = sittings.get(room);
      const here = sitting?.watchers.get(watcherId);
      // Without a seat just now: the owner may still take this caller for who they were.
      if (!sitting || !here || here.seat === null) return again('moved', limits.retryAfterMs);
      const { owner } = sitting;
      const { ticket } = here;
      const sight =
        owner === self
          ? seatsOf(room).look(room, watcherId, since)
          : ((await peers.ask(owner, {
              verb: 'look',
              room,
              watcher: watcherId,
              ...(since && { since }),
            })) as JoinAck | null);
      if (!sight) return again('unavailable', limits.retryAfterMs);
      if (here.ticket !== ticket || sitting.watchers.get(watcherId) !== here)
        return again('moved', limits.retryAfterMs);
      if (!sight.ok && sight.code === 'moved' && sittings.get(room) === sitting) regain.startOver(sitting);
      // It comes from an owner of before: what is told from now on would not follow it.
      return sight.ok && sight.epoch < sitting.epoch ? again('moved', limits.retryAfterMs) : sight;
    },
    leave,
    gone(watcherId) {
      for (const room of roomsOfWatcher.get(watcherId) ?? []) leave(room, watcherId);
    },
    recall({ id, by }) {
      for (const room of roomsOfWatcher.get(id) ?? []) {
        const sitting = sittings.get(room)!;
        const here = sitting.watchers.get(id)!;
        // Out of the group first: what these rights no longer show is not shown while the owner is asked.
        place(sitting, id, here, null, tell);
        Object.assign(here, { by, ticket: nextTicket() });
        regain.seats(sitting);
      }
    },
    signal(room, watcherId, kind, data) {
      const sitting = sittings.get(room);
      if ((sitting?.watchers.get(watcherId)?.seat ?? null) === null || !sitting) return;
      if (sitting.owner === self) seatsOf(room).signal(room, watcherId, kind, data);
      else peers.tell(sitting.owner, { verb: 'signal', room, watcher: watcherId, kind, data });
    },
    hear(change) {
      move(change);
      const sitting = current(change.room, change.epoch, change.seating);
      if (!sitting) return;
      let isWhole = true;
      for (const patch of change.patches) isWhole = follow(sitting, patch, tell) && isWhole;
      if (!isWhole) void catchUp(sitting);
    },
    hearSignal({ room, epoch, seating, seats, message }) {
      const sitting = current(room, epoch, seating);
      for (const seat of seats) if (sitting?.lasts.has(seat)) tell.signal(room, seat, message);
    },
    hearBeats,
    lost(room, epoch) {
      const sitting = sittings.get(room);
      if (sitting?.epoch === epoch) regain.startOver(sitting);
    },
    ownerDown(node) {
      for (const sitting of sittings.values())
        if (sitting.owner === node) regain.startOver(sitting, deps.random() * limits.regainSpreadMs);
    },
    vouch: createVouch({ ...deps, sittings, regain, hearBeats }),
    close: regain.close,
  };
};
