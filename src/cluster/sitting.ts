/** One room as the watchers of this node see it: who sits where, under which epoch and seating, and up to where each seat was told. */
import type { Caller } from '../../rooms/kit.ts';
import type { Fresh, Patch } from '../../rooms/protocol.ts';
import type { Moved, Seated } from '../runtime/change.ts';
import type { NodeId, Tell } from '../runtime/ports.ts';

export interface Here {
  by: Caller;
  /** Null: to be seated, and told nothing until then. */
  seat: string | null;
  /** The seq by which it was seated here. Steps before that are not its business, and it has been shown what they led to. */
  from: number;
  /** Of the last question asked for this watcher; an answer to an older one does not count. */
  ticket: number;
  /** A client waits for this seat itself; otherwise this node tells it when it is seated. */
  isJoining: boolean;
}
export interface Sitting {
  readonly room: string;
  readonly watchers: Map<string, Here>;
  owner: NodeId;
  /** 0: nobody has been seated yet. */
  epoch: number;
  seating: number;
  /** By seat with somebody of this node in it: the seq of the last patch told. */
  readonly lasts: Map<string, number>;
  /** By seat: the highest `from` in it. */
  readonly newest: Map<string, number>;
  isRegaining: boolean;
  isCatchingUp: boolean;
  /** Something else was missed meanwhile. */
  isBehindAgain: boolean;
}

export const createSitting = (room: string, owner: NodeId): Sitting => ({
  room,
  watchers: new Map(),
  owner,
  epoch: 0,
  seating: 0,
  lasts: new Map(),
  newest: new Map(),
  isRegaining: false,
  isCatchingUp: false,
  isBehindAgain: false,
});

const isTaken = ({ watchers }: Sitting, seat: string) => {
  for (const watcher of watchers.values()) if (watcher.seat === seat) return true;
  return false;
};

/** Into a seat's group, or out of all. A seat that nobody of this node holds is not followed any more. */
export const place = (sitting: Sitting, id: string, here: Here, to: string | null, tell: Tell) => {
  const from = here.seat;
  if (from === to) return;
  here.seat = to;
  tell.seat(id, sitting.room, from, to);
  if (from === null || isTaken(sitting, from)) return;
  sitting.lasts.delete(from);
  sitting.newest.delete(from);
};

/** Nobody knows where they sit now: until that is known they are told nothing. */
export const unseatAll = (sitting: Sitting, tell: Tell) => {
  for (const [id, here] of sitting.watchers) {
    if (here.seat !== null) tell.seat(id, sitting.room, here.seat, null);
    here.seat = null;
  }
  sitting.lasts.clear();
  sitting.newest.clear();
};

/** Seats somebody by the state at `seq`, and starts to follow the seat from where the owner says it stands. */
export const seat = (
  sitting: Sitting,
  id: string,
  to: string | null,
  { seq, lasts }: Pick<Seated, 'seq' | 'lasts'>,
  tell: Tell,
) => {
  const here = sitting.watchers.get(id)!;
  place(sitting, id, here, to, tell);
  if (to === null) return;
  here.from = seq;
  sitting.newest.set(to, Math.max(sitting.newest.get(to) ?? 0, seq));
  // Others here may have been told more already than the newcomer is shown: then those patches are told once more.
  sitting.lasts.set(to, Math.min(sitting.lasts.get(to) ?? Infinity, lasts[to] ?? 0));
};

/** To everybody in a seat who sat in it at that seq: as a rule all, in one message. */
export const tellSeat = (sitting: Sitting, seat: string, message: Patch | Fresh, tell: Tell) => {
  if ((sitting.newest.get(seat) ?? 0) <= message.seq) return tell.toSeat(sitting.room, seat, message);
  for (const [id, here] of sitting.watchers)
    if (here.seat === seat && here.from <= message.seq) tell.toWatcher(id, message);
};

/** A patch for a seat of this node: told if it is the next, ignored if it is known; false if one before it is missing. */
export const follow = (sitting: Sitting, patch: Patch, tell: Tell): boolean => {
  const last = sitting.lasts.get(patch.seat);
  if (last === undefined || patch.seq <= last) return true;
  if (patch.from > last) return false;
  sitting.lasts.set(patch.seat, patch.seq);
  tellSeat(sitting, patch.seat, patch, tell);
  return true;
};

/** The watchers an event has moved: out of the old seat's group, and a fresh start in the new one. */
export const reseat = (sitting: Sitting, moved: Moved, seq: number, tell: Tell): readonly string[] => {
  const { room, watchers } = sitting;
  const gone: string[] = [];
  for (const [id, to] of Object.entries(moved.seats)) {
    if ((watchers.get(id)?.seat ?? null) === null) continue;
    seat(sitting, id, to, { seq, lasts: moved.lasts }, tell);
    if (to === null) gone.push(id);
    else tell.toWatcher(id, { room, ...moved.sights[to]! });
  }
  return gone;
};

/** Fresh starts for newly seated watchers: one message where they are all that sit in a seat, else one each. */
export const greet = (sitting: Sitting, ids: readonly string[], sights: Seated['sights'], tell: Tell) => {
  const bySeat = Map.groupBy(ids, (id) => sitting.watchers.get(id)?.seat ?? null);
  for (const [at, newly] of bySeat) {
    if (at === null || !sights[at]) continue;
    const message: Fresh = { room: sitting.room, ...sights[at] };
    let all = 0;
    for (const here of sitting.watchers.values()) if (here.seat === at) all++;
    if (newly.length === all) tell.toSeat(sitting.room, at, message);
    else for (const id of newly) tell.toWatcher(id, message);
  }
};
