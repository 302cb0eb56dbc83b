/** What the room runtime needs from the world, and nothing else: it imports no socket, database or clock itself. */
import type { Caller } from '../../rooms/kit.ts';
import type { RoomPatch, SignalMessage } from '../../rooms/protocol.ts';
import type { Cell, Cube } from '../../rooms/tally.ts';
import type { Change, SeatSignal } from './change.ts';

/** Milliseconds. `now` is wall time for stamps; `monotonic` never jumps and is for measuring and timeouts. */
export interface Clock {
  now(): number;
  monotonic(): number;
}
export type Cancel = () => void;
export interface Timers {
  /** After the events that are already here: lets one burst become one batch. */
  soon(run: () => void): void;
  after(ms: number, run: () => void): Cancel;
  every(ms: number, run: () => void): Cancel;
}

/** One event as it is stored. `dataJson` is made once, at the turn, and counted against the batch size. */
export interface EventRow {
  readonly room: string;
  readonly seq: number;
  readonly epoch: number;
  readonly type: string;
  readonly version: number;
  readonly dataJson: string;
  readonly byId: string;
  readonly bySeat: string;
  readonly at: string;
  /** Only the first event of a command carries these two. */
  readonly commandId: string | null;
  /** SHA-256 in hex of the command's name and key-sorted input. */
  readonly commandHash: string | null;
  readonly correlationId: string | null;
}
/** The compare-and-set of one room: committed only if the room still stands at (epoch, lo). */
export interface Head {
  readonly room: string;
  readonly kind: string;
  readonly epoch: number;
  readonly lo: number;
  readonly hi: number;
  /** The room does not exist yet: the head is inserted, and fenced if somebody else was first. */
  readonly isNew: boolean;
}
export interface DeadlineRow {
  readonly room: string;
  readonly name: string;
  readonly at: string;
}
/** Work for later, enqueued in the same statement as the events that cause it. Jobs of one queue run in order. */
export interface Job {
  readonly room: string;
  readonly task: string;
  readonly payload: object;
  readonly queue?: string;
  /** The lower, the sooner; 0 if left out. */
  readonly priority?: number;
}
export interface ProjectionRow {
  readonly room: string;
  readonly projection: string;
  readonly row: Readonly<Record<string, unknown>>;
}
/** Everything one statement writes. All or nothing per room: what is not in `committed` left no trace. */
export interface Batch {
  readonly owner: string;
  readonly heads: readonly Head[];
  readonly events: readonly EventRow[];
  readonly rows: readonly ProjectionRow[];
  readonly deadlinesSet: readonly DeadlineRow[];
  readonly deadlinesCleared: readonly Omit<DeadlineRow, 'at'>[];
  readonly jobs: readonly Job[];
}
/**
 * committed: the rooms whose events are durable; any other room of the batch is fenced. `mark` is the number of the commit.
 * refused: the database said no to a value (or to a command id it already holds); nothing of the batch was written.
 * unknown: the answer is lost; it may or may not have been written.
 */
export type Appended =
  | { readonly kind: 'committed'; readonly rooms: ReadonlySet<string>; readonly mark: number }
  | { readonly kind: 'refused'; readonly isRepeat: boolean; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Which commits a reading has seen: those below `below`, and those below `from` that are not among `except`. */
export interface Seen {
  readonly below: number;
  readonly from: number;
  readonly except: readonly number[];
}
/** By cube, as of one moment. */
export interface Reading {
  readonly cells: Readonly<Record<string, readonly Cell[]>>;
  readonly seen: Seen;
}

/** A command the room has done before. */
export interface Remembered {
  readonly id: string;
  readonly hash: string;
  readonly byId: string;
  /** The epoch and seq of its last event: the ack it was given. */
  readonly epoch: number;
  readonly seq: number;
}
export interface StoredEvent {
  readonly seq: number;
  readonly type: string;
  readonly version: number;
  readonly data: unknown;
  readonly byId: string;
  readonly bySeat: string;
  readonly at: string;
}
export interface EventsWanted {
  readonly before?: number | undefined;
  readonly types?: readonly string[] | undefined;
  readonly limit: number;
}
export interface StoredRoom {
  readonly epoch: number;
  readonly seq: number;
  readonly snapshot: {
    readonly seq: number;
    readonly version: number;
    readonly state: unknown;
    readonly at: string;
  } | null;
  /** Every event after the snapshot, in order, without a hole. */
  readonly tail: readonly StoredEvent[];
  /** The newest commands, oldest first; at most `dedupeCommandsMax`. */
  readonly remembered: readonly Remembered[];
}
export interface SnapshotRow {
  readonly room: string;
  readonly seq: number;
  readonly epoch: number;
  readonly version: number;
  readonly state: unknown;
  readonly at: string;
}
/** Who took a room last, and under which epoch: what the fence goes by. */
export interface OwnerRow {
  readonly room: string;
  readonly owner: string;
  readonly epoch: number;
}

/** The journal's database. Two implementations pass one conformance suite: memory and Postgres. */
export interface Store {
  /** Take the room: raise its epoch and load it. Null: there is no such room (nothing is written). Waits for an append in flight and includes it. */
  activate(room: string, owner: string): Promise<StoredRoom | null>;
  /** Load without taking: for readers on a node that does not own the room. */
  read(room: string): Promise<StoredRoom | null>;
  /** One statement. On abort the answer no longer matters: give up the connection, the outcome is unknown. */
  append(batch: Batch, abort?: AbortSignal): Promise<Appended>;
  /** Whom the heads name as owner now, in no order; a room without a head is not among them. */
  ownersOf(rooms: readonly string[]): Promise<readonly OwnerRow[]>;
  /** What happened in a room, newest first: before this seq, and only of these types, if any are named. */
  eventsOf(room: string, wanted: EventsWanted): Promise<readonly StoredEvent[]>;
  /** A command too old for the room's memory. */
  findCommand(room: string, id: string): Promise<Remembered | null>;
  /** Keeps only a greater seq. */
  saveSnapshots(snapshots: readonly SnapshotRow[]): Promise<void>;
  deadlinesDue(until: string, limit: number): Promise<readonly DeadlineRow[]>;
  /** Only while the room still stands at this seq (0: there is none): whoever decided this may be behind the times. */
  dropDeadline(deadline: DeadlineRow, seq: number): Promise<void>;
  /** The rows of a list, counted together. In cubes by day, from this day on. */
  sums(projection: string, cubes: readonly Cube[], firstDay: string): Promise<Reading>;
}

/** Somebody looking into a room: one socket, one caller. */
export interface Watcher {
  readonly id: string;
  readonly by: Caller;
}
/** How a node speaks to the watchers connected to it. A seat is one broadcast group per room; nobody is filtered one by one. */
export interface Tell {
  toSeat(room: string, seat: string, message: RoomPatch): void;
  toWatcher(watcherId: string, message: RoomPatch): void;
  /** Put a watcher into a seat's group and out of the one before, before anything else is told. */
  seat(watcherId: string, room: string, from: string | null, to: string | null): void;
  signal(room: string, seat: string, message: SignalMessage): void;
}

/** `<name>.<incarnation>`: a restarted process is another node. */
export type NodeId = string;

/** How the owner of a room reaches the nodes its watchers are connected to. */
export interface Announce {
  /** `nodes`: where somebody watches; this node may be among them. */
  change(change: Change, nodes: ReadonlySet<NodeId>): void;
  signal(signal: SeatSignal, nodes: ReadonlySet<NodeId>): void;
  /** The room is not held here any more: whoever watched it must take a seat anew, wherever it is now. */
  lost(room: string, epoch: number, nodes: ReadonlySet<NodeId>): void;
}

/** Reads a fact a command declared; may ask the database or another service. */
export type FactReader = (ask: {
  readonly room: string;
  readonly state: unknown;
  readonly input: unknown;
  readonly by: Caller;
  readonly now: string;
}) => Promise<unknown>;

/** One command on its way to a room. */
export interface Ask {
  readonly room: string;
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  readonly by: Caller;
  readonly correlationId?: string;
  /** Only if the room still stands here; otherwise `stale`. For callers who decided on what they had read. */
  readonly expectedSeq?: number;
  /** Another node was asked the same and did not answer: it may still be doing it. */
  readonly isResent?: boolean;
}

/** Measures. Durations in milliseconds. */
export interface Meter {
  command(
    kind: string,
    name: string,
    outcome: string,
    ms: { wait: number; decide: number; gate: number; total: number },
  ): void;
  batch(events: number, bytes: number, ms: number, outcome: 'committed' | 'refused' | 'unknown'): void;
  activated(kind: string, ms: number): void;
  fenced(kind: string): void;
  patch(kind: string): void;
  /** What nodes do because of each other. */
  cluster(what: ClusterEvent): void;
}
/**
 * forwarded: a call went to another node. moved: it answered that somebody else has the room. suspected: it did not answer.
 * regained: watchers took their seats anew. repaired: patches a node had missed. audited: a room found to be another's.
 * handedOver: a room let go of for the node it belongs to.
 */
export type ClusterEvent = 'forwarded' | 'moved' | 'suspected' | 'regained' | 'repaired' | 'audited' | 'handedOver';
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
