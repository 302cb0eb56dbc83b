/** Every verb of the wire with its schemas and a frame to look at. A verb that protocol.ts has and this has not does not compile. */
import type { z } from 'zod';
import {
  type ClientToServer,
  CommandRequest,
  JoinRequest,
  LeaveRequest,
  RenewRequest,
  type ServerToClient,
  SignalRequest,
} from '../../rooms/protocol.ts';
import { Ack, JoinAck, LeaveAck, RenewAck, RoomPatch, SignalMessage } from '../../rooms/replies.ts';

type Request<V extends keyof ClientToServer> = Parameters<ClientToServer[V]>[0];
type Reply<V extends keyof ClientToServer> =
  Parameters<ClientToServer[V]> extends [unknown, (reply: infer R) => void] ? R : never;

/** What a client asks. `reply` is null where there is no answer. */
interface Asked<V extends keyof ClientToServer> {
  readonly summary: string;
  readonly request: z.ZodType;
  readonly reply: z.ZodType<Reply<V>> | null;
  readonly frames: readonly { readonly title: string; readonly ask: Request<V>; readonly answer?: Reply<V> }[];
}
/** What the server says of itself. */
interface Said<V extends keyof ServerToClient> {
  readonly summary: string;
  readonly message: z.ZodType<Parameters<ServerToClient[V]>[0]>;
  readonly frames: readonly { readonly title: string; readonly message: Parameters<ServerToClient[V]>[0] }[];
}

const room = 'claim/0190a000-0000-7000-8000-000000000001';
const commandId = '0190a000-0000-7000-8000-000000000002';
const accountId = '0190a000-0000-7000-8000-000000000003';
const view = { status: 'triage', number: 'CLM-2026-0000042' };

export const asked: { readonly [V in keyof ClientToServer]: Asked<V> } = {
  'room:join': {
    summary:
      'Sit down in a room: you are told your seat, what it sees and what it could do, and from then on what changes.',
    request: JoinRequest,
    reply: JoinAck,
    frames: [
      {
        title: 'for the first time',
        ask: { room },
        answer: { ok: true, seat: 'handler', epoch: 1, seq: 3, view, offers: ['assign'] },
      },
      {
        title: 'again, after a lost connection',
        ask: { room, since: { epoch: 1, seq: 2, seat: 'handler' } },
        answer: {
          ok: true,
          seat: 'handler',
          epoch: 1,
          seq: 3,
          patches: [{ room, seat: 'handler', epoch: 1, from: 2, seq: 3, patch: { status: 'triage' } }],
          offers: ['assign'],
        },
      },
      { title: 'where you have no seat', ask: { room }, answer: { ok: false, code: 'not-found', retry: 'no' } },
    ],
  },
  'room:leave': {
    summary: 'Stop watching a room.',
    request: LeaveRequest,
    reply: LeaveAck,
    frames: [{ title: 'always done', ask: { room }, answer: { ok: true } }],
  },
  'room:command': {
    summary:
      'Ask a room for something. It is durable when it is answered. Unanswered, send the same `id` again: it has one effect.',
    request: CommandRequest,
    reply: Ack,
    frames: [
      {
        title: 'done',
        ask: { room, id: commandId, name: 'withdraw', input: { reason: 'It was repaired under warranty.' } },
        answer: { ok: true, epoch: 1, seq: 4 },
      },
      {
        title: 'sent again',
        ask: { room, id: commandId, name: 'withdraw', input: { reason: 'It was repaired under warranty.' } },
        answer: { ok: true, epoch: 1, seq: 4, repeated: true },
      },
      {
        title: 'too much at once',
        ask: { room, id: commandId, name: 'withdraw', input: { reason: 'It was repaired under warranty.' } },
        answer: { ok: false, code: 'busy', retry: 'same-id', retryAfterMs: 250 },
      },
    ],
  },
  'room:signal': {
    summary: 'An ephemeral word to others in the room; only from a seat you have taken. Never stored, never answered.',
    request: SignalRequest,
    reply: null,
    frames: [{ title: 'typing', ask: { room, kind: 'typing', data: { field: 'note' } } }],
  },
  'session:renew': {
    summary: 'A fresh access token on the living socket, before the old one ends and closes it.',
    request: RenewRequest,
    reply: RenewAck,
    frames: [
      { title: 'taken', ask: { token: 'eyJhbGciOi…' }, answer: { ok: true, expiresAt: '2026-01-31T09:35:00.000Z' } },
      {
        title: 'not yours, or over',
        ask: { token: 'eyJhbGciOi…' },
        answer: { ok: false, code: 'unauthorized', retry: 'no' },
      },
    ],
  },
};

export const said: { readonly [V in keyof ServerToClient]: Said<V> } = {
  'room:patch': {
    summary: 'What has changed in a room for your seat: one per seat and commit.',
    message: RoomPatch,
    frames: [
      {
        title: 'a step',
        message: {
          room,
          seat: 'handler',
          epoch: 1,
          from: 3,
          seq: 4,
          patch: { status: 'withdrawn', priority: null },
          offers: [],
        },
      },
      {
        title: 'a fresh start in another seat',
        message: { room, seat: 'desk', epoch: 1, seq: 4, view, offers: ['addNote'] },
      },
      { title: 'no seat any more', message: { room, seat: null } },
    ],
  },
  'room:signal': {
    summary: 'What somebody in the room does just now, or who is here (`presence`).',
    message: SignalMessage,
    frames: [
      {
        title: 'somebody is typing',
        message: { room, kind: 'typing', data: { field: 'note' }, by: { accountId, seat: 'handler' } },
      },
      {
        title: 'who is here',
        message: { room, kind: 'presence', data: { people: { [accountId]: 'handler' } } },
      },
    ],
  },
};
