/** The client's own words, typed by the kind of room from the register. Types only: no rule of a room ships to a browser. */
import type { z } from 'zod';
import type { Rooms } from '../rooms/index.ts';
import type { Ack, Refusal, SignalMessage } from '../rooms/protocol.ts';
import type { Limits } from './limits.ts';

type Known = keyof Rooms;
/** `claim/0190…` → `claim`; a kind this build does not know falls back to plain strings. */
export type KindOf<Id extends string> = Id extends `${infer K}/${string}` ? (K extends Known ? K : string) : string;

type CommandsOf<K extends Known> = Rooms[K]['commands'];
export type CommandName<K extends string> = K extends Known ? keyof CommandsOf<K> & string : string;
export type CommandInput<K extends string, N extends string> = K extends Known
  ? CommandsOf<K>[N & keyof CommandsOf<K>] extends { readonly input: infer I extends z.ZodType }
    ? z.input<I>
    : never
  : unknown;

type Looks = Readonly<Record<string, (state: never) => object>>;
type SeatedBy<V> = V extends Looks
  ? { [S in keyof V & string]: { readonly seat: S; readonly view: ReturnType<V[S]> } }[keyof V & string]
  : never;
/** Look at `seat` and the compiler knows which view it is. */
export type Seated<K extends string> = K extends Known
  ? SeatedBy<Rooms[K]['view']>
  : { readonly seat: string; readonly view: object };
export interface Unseen {
  readonly seat: null;
  readonly view: null;
}

/**
 * idle: not asked for. joining: asked for, nothing to show yet. joined: up to date.
 * stale: what there is to show may be behind; it repairs itself. refused: the caller may not be here.
 */
export type RoomStatus = 'idle' | 'joining' | 'joined' | 'stale' | 'refused';

/** A new object whenever something changed, so it can be compared by identity. */
export type RoomState<K extends string = string> = (Seated<K> | Unseen) & {
  readonly status: RoomStatus;
  readonly epoch: number;
  readonly seq: number;
  /** The commands this seat could send now: what to draw as buttons. */
  readonly offers: readonly string[];
  readonly refusal?: Refusal;
};

export type Joined =
  | { readonly ok: true; readonly seat: string; readonly epoch: number; readonly seq: number }
  | Refusal;
export type Unsubscribe = () => void;

export interface Room<K extends string = string> {
  readonly id: string;
  readonly state: RoomState<K>;
  /** Stays joined over lost connections and server restarts, until `leave` or a refusal. */
  join(): Promise<Joined>;
  leave(): void;
  /** Resolves with the final answer, however long that takes; never rejects. */
  send<N extends CommandName<K>>(name: N, input: CommandInput<K, N>, options?: { readonly id?: string }): Promise<Ack>;
  subscribe(listener: (state: RoomState<K>) => void): Unsubscribe;
  /** Ephemeral (typing, cursor): lost when not joined or not connected. */
  signal(kind: string, data: unknown): void;
  onSignal(listener: (message: SignalMessage) => void): Unsubscribe;
}

/** A command that has no final answer yet. */
export interface Entry {
  readonly id: string;
  readonly room: string;
  readonly name: string;
  readonly input: unknown;
}
/** Where unanswered commands outlive a page or a process. Keep one per account: it must not send another's commands. */
export interface OutboxStorage {
  /** In the order they were saved. */
  load(): Promise<readonly Entry[]>;
  /** Awaited before the command leaves: what was sent and forgotten would be sent again under another id. */
  save(entry: Entry): Promise<void> | void;
  remove(id: string): Promise<void> | void;
}

/** refused: the server will not have this session; it goes on asking, rarely, with a token asked for anew. */
export interface ClientState {
  readonly status: 'connecting' | 'connected' | 'refused' | 'closed';
  readonly refusal?: Refusal;
}

export interface ConnectOptions {
  /** Of the server, e.g. `https://claims.example`. */
  readonly url: string;
  /** An access token that is valid now. Called at every connect and again before the token expires. */
  readonly token: () => Promise<string>;
  /** Default: unanswered commands live in memory only. */
  readonly outbox?: OutboxStorage;
  readonly limits?: Partial<Limits>;
}

export interface Client {
  readonly state: ClientState;
  /** Commands without a final answer. */
  readonly waiting: number;
  subscribe(listener: (state: ClientState) => void): Unsubscribe;
  /** The same id gives the same room object. */
  room<Id extends string>(id: Id): Room<KindOf<Id>>;
  /** Ends everything. Commands without an answer stay in the outbox's storage. */
  close(): void;
}
