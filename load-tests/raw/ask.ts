/** A raw socket's question as a promise. */
import type { Ack, JoinAck, LeaveAck } from '../../rooms/protocol.ts';
import type { RawSocket } from './socket.ts';

export const joinRaw = (socket: RawSocket, room: string) =>
  new Promise<JoinAck>((resolve) => socket.ask('room:join', { room }, resolve));

export const leaveRaw = (socket: RawSocket, room: string) =>
  new Promise<LeaveAck>((resolve) => socket.ask('room:leave', { room }, resolve));

export const commandRaw = (socket: RawSocket, request: { room: string; id: string; name: string; input: unknown }) =>
  new Promise<Ack>((resolve) => socket.ask('room:command', request, resolve));
