/** What nodes say to each other over the mesh. `hop` counts the nodes asked: on the second nobody is sent further. */
import type { Beat, SeatSignal, Change, Sitter, Vouched } from '../runtime/change.ts';
import type { ListChange } from '../runtime/figures.ts';
import type { Ask, DeadlineRow, NodeId } from '../runtime/ports.ts';

export type Hop = 1 | 2;
/** Answered; an answer may be `moved`. */
export type Call =
  | { readonly verb: 'ping' }
  | { readonly verb: 'send'; readonly hop: Hop; readonly ask: Ask }
  | {
      readonly verb: 'sit';
      readonly hop: Hop;
      readonly room: string;
      readonly sitters: readonly Sitter[];
      readonly wantsSights: boolean;
    }
  | { readonly verb: 'fire'; readonly hop: Hop; readonly deadline: DeadlineRow }
  | {
      readonly verb: 'look';
      readonly room: string;
      readonly watcher: string;
      readonly since?: { readonly epoch: number; readonly seq: number; readonly seat: string };
    }
  | {
      readonly verb: 'catchUp';
      readonly room: string;
      readonly epoch: number;
      readonly lasts: Readonly<Record<string, number>>;
    }
  | { readonly verb: 'vouch'; readonly rooms: readonly Vouched[] }
  /** The number of the last change of the list this node has committed. */
  | { readonly verb: 'position' }
  | { readonly verb: 'missed'; readonly after: number };

/** A change of the list, or that there may have been one. */
export type Followed = ListChange | 'unclear';
/** Changes of one node; the first has this number. */
export interface FeedPart {
  readonly node: NodeId;
  readonly first: number;
  readonly changes: readonly Followed[];
}
/** All that were asked for; none, if they are no longer kept. */
export interface Missed {
  readonly position: number;
  readonly changes?: readonly Followed[];
}

/** Not answered. */
export type Notice =
  | { readonly verb: 'leave'; readonly room: string; readonly watcher: string; readonly ticket: number }
  | {
      readonly verb: 'signal';
      readonly room: string;
      readonly watcher: string;
      readonly kind: string;
      readonly data: unknown;
    }
  | { readonly verb: 'lost'; readonly room: string; readonly epoch: number }
  /** From now on they are yours: newcomers are sent to you. */
  | { readonly verb: 'given'; readonly rooms: readonly string[] }
  | { readonly verb: 'beacon'; readonly beats: readonly Beat[] }
  | { readonly verb: 'stands'; readonly position: number };

/** To every node at once. */
export type News =
  | { readonly verb: 'change'; readonly change: Change }
  | { readonly verb: 'seatSignal'; readonly signal: SeatSignal }
  | { readonly verb: 'followed'; readonly part: FeedPart };
