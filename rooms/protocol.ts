/** The wire, on one screen: what travels between a client and the rooms. Version 1. Sockets and REST answer alike. */
import { z } from 'zod';
import { Uuid7 } from './values.ts';

/** `claim/<uuid v7>`, `board/<name>` …: lower case, one spelling per room. */
export const RoomId = z
  .string()
  .max(100)
  .regex(/^[a-z]+(?:-[a-z]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/, 'kind/id in lower case, e.g. claim/0190…');
export const Since = z.strictObject({
  epoch: z.int().nonnegative(),
  seq: z.int().nonnegative(),
  seat: z.string().max(40),
});

export const JoinRequest = z.strictObject({ room: RoomId, since: Since.optional() });
export const LeaveRequest = z.strictObject({ room: RoomId });
export const CommandRequest = z.strictObject({ room: RoomId, id: Uuid7, name: z.string().max(60), input: z.unknown() });
export const SignalRequest = z.strictObject({ room: RoomId, kind: z.string().max(40), data: z.unknown() });
export const RenewRequest = z.strictObject({ token: z.string().max(4_096) });

/** No, and what to do about it: `same-id` means send the very same command again, its outcome will be the first one's. */
export interface Refusal {
  readonly ok: false;
  readonly code: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly retry: 'no' | 'same-id';
  readonly retryAfterMs?: number;
}
/** Durable: the events of this command end at `seq`. `repeated`: it was already done, this is the first answer again. */
export interface Accepted {
  readonly ok: true;
  readonly epoch: number;
  readonly seq: number;
  readonly repeated?: true;
}
export type Ack = Accepted | Refusal;

/** A seat's whole view at `seq`. */
export interface Sight {
  readonly seat: string;
  readonly epoch: number;
  readonly seq: number;
  readonly view: object;
  readonly offers: readonly string[];
}
/** One step of one seat's view: RFC 7396 merge patch from `from` (the last seq sent to this seat) to `seq`. */
export interface Patch {
  readonly room: string;
  readonly seat: string;
  readonly epoch: number;
  readonly from: number;
  readonly seq: number;
  readonly patch: object;
  readonly offers?: readonly string[];
}
/** A fresh start under this seat: after a change of seat or of owner. Replaces what the client has. */
export interface Fresh extends Sight {
  readonly room: string;
}
/** The caller no longer sits here: forget the room. */
export interface Unseated {
  readonly room: string;
  readonly seat: null;
}
export type RoomPatch = Patch | Fresh | Unseated;

export type JoinAck =
  | ({ readonly ok: true } & Sight)
  | {
      readonly ok: true;
      readonly seat: string;
      readonly epoch: number;
      readonly seq: number;
      readonly patches: readonly Patch[];
      readonly offers: readonly string[];
    }
  | Refusal;
export type LeaveAck = { readonly ok: true } | Refusal;
export type RenewAck = { readonly ok: true; readonly expiresAt: string } | Refusal;
export interface SignalMessage {
  readonly room: string;
  readonly kind: string;
  readonly data: unknown;
  readonly by?: { readonly accountId: string; readonly seat: string };
}

export interface ClientToServer {
  'room:join': (request: z.input<typeof JoinRequest>, ack: (reply: JoinAck) => void) => void;
  'room:leave': (request: z.input<typeof LeaveRequest>, ack: (reply: LeaveAck) => void) => void;
  'room:command': (request: z.input<typeof CommandRequest>, ack: (reply: Ack) => void) => void;
  'room:signal': (signal: z.input<typeof SignalRequest>) => void;
  'session:renew': (request: z.input<typeof RenewRequest>, ack: (reply: RenewAck) => void) => void;
}
export interface ServerToClient {
  'room:patch': (message: RoomPatch) => void;
  'room:signal': (message: SignalMessage) => void;
}
