/**
 * What passes between the owner of a room and the nodes its watchers are connected to. Plain JSON. Every message names the
 * owner's `epoch` and its `seating`, a number that rises whenever an event moves somebody to another seat. A node that does
 * not know this very seating tells its watchers nothing until it does, so a late or lost message never shows a seat's view
 * to somebody who has left the seat.
 */
import type { Caller } from '../../rooms/kit.ts';
import type { Patch, Sight, SignalMessage } from '../../rooms/protocol.ts';
import type { NodeId } from './ports.ts';

/** One watcher asking its node's question: where do I sit? Of two questions about the same watcher the higher ticket counts. */
export interface Sitter {
  readonly id: string;
  readonly by: Caller;
  readonly ticket: number;
}
export interface Seated {
  readonly ok: true;
  readonly owner: NodeId;
  readonly epoch: number;
  readonly seating: number;
  /** Of the state by which they were seated. */
  readonly seq: number;
  /** By watcher. Null: no seat, the room does not exist for this caller. */
  readonly seats: Readonly<Record<string, string | null>>;
  /** By seat: the seq of the last patch sent to it. */
  readonly lasts: Readonly<Record<string, number>>;
  /** By seat: the whole view, if it was asked for. */
  readonly sights: Readonly<Record<string, Sight>>;
}
/** One commit as the watchers' nodes learn of it. */
export interface Change {
  readonly room: string;
  readonly epoch: number;
  readonly seating: number;
  readonly seq: number;
  /** At most one per seat; a seat that sees no difference has none. */
  readonly patches: readonly Patch[];
  /** Present when this commit moved watchers. */
  readonly moved?: Moved;
}
export interface Moved extends Pick<Seated, 'seats' | 'lasts' | 'sights'> {
  /** The seating before: whoever knows another one has missed something. */
  readonly was: number;
}

/** What somebody missed, per seat: patches if the owner still has them, else the whole view. */
export interface CaughtUp {
  readonly ok: true;
  readonly epoch: number;
  readonly seating: number;
  readonly patches: Readonly<Record<string, readonly Patch[]>>;
  readonly sights: Readonly<Record<string, Sight>>;
  readonly lasts: Readonly<Record<string, number>>;
}
/** Where a room stands, for whoever may have missed it. */
export interface Beat extends Pick<Seated, 'epoch' | 'seating' | 'lasts'> {
  readonly room: string;
}
export interface SeatSignal {
  readonly room: string;
  readonly epoch: number;
  readonly seating: number;
  readonly seats: readonly string[];
  readonly message: SignalMessage;
}
/** A node vouches for its watchers of a room; whom nobody vouches for is taken for gone. It says, too, up to where it was told. */
export interface Vouched extends Beat {
  readonly watchers: readonly string[];
}
export interface Corrected {
  readonly ok: true;
  readonly lost: readonly string[];
  readonly beats: readonly Beat[];
}
