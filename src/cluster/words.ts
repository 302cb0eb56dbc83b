/** What nodes say to each other over the mesh. `hop` counts the nodes asked: on the second nobody is sent further. */
import type { Beat, SeatSignal, Change, Sitter, Vouched } from '../runtime/change.ts';
import type { Ask, DeadlineRow } from '../runtime/ports.ts';

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
  | { readonly verb: 'vouch'; readonly rooms: readonly Vouched[] };

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
  | { readonly verb: 'beacon'; readonly beats: readonly Beat[] };

/** To every node at once. */
export type News =
  | { readonly verb: 'change'; readonly change: Change }
  | { readonly verb: 'seatSignal'; readonly signal: SeatSignal };
