/** The doors into the rooms: what sockets, REST and jobs may call. Nothing here throws for a caller's mistake. */
import type { Caller } from '../../rooms/kit.ts';
import type { Ack, JoinAck, Refusal, Sight } from '../../rooms/protocol.ts';
import type { Ask, Watcher } from './ports.ts';

export interface RoomsApi {
  /** Exactly one effect per (room, id), however often it is sent. Resolves once durable, or refused. */
  send(ask: Ask): Promise<Ack>;
  /** Take a seat; the watcher is then in the seat's broadcast group. Follow with `look`. */
  sit(room: string, watcher: Watcher): Promise<{ readonly ok: true; readonly seat: string } | Refusal>;
  /** What the seated watcher missed since, or the whole view. */
  look(
    room: string,
    watcherId: string,
    since?: { readonly epoch: number; readonly seq: number; readonly seat: string },
  ): Promise<JoinAck>;
  leave(room: string, watcherId: string): void;
  /** The socket is gone: it leaves every room. */
  gone(watcherId: string): void;
  /** The caller's rights changed: every seat of this watcher is decided anew. */
  recall(watcher: Watcher): void;
  signal(room: string, watcherId: string, kind: string, data: unknown): void;
  /** One look without watching; does not take ownership of the room. */
  read(room: string, by: Caller): Promise<({ readonly ok: true } & Sight) | Refusal>;
}
