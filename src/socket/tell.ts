/** The runtime's `Tell` over Socket.IO: a seat of a room is one Socket.IO room, `claim/123#handler`. */
import type { Tell } from '../runtime/ports.ts';
import type { Sockets } from './server.ts';

const groupOf = (room: string, seat: string) => `${room}#${seat}`;

export const socketTell = (io: Sockets): Tell => ({
  toSeat(room, seat, message) {
    io.local.to(groupOf(room, seat)).emit('room:patch', message);
  },
  toWatcher(watcherId, message) {
    const socket = io.sockets.sockets.get(watcherId);
    if (message.seat === null) socket?.data.joined.delete(message.room);
    socket?.emit('room:patch', message);
  },
  seat(watcherId, room, from, to) {
    const socket = io.sockets.sockets.get(watcherId);
    if (from !== null) void socket?.leave(groupOf(room, from));
    if (to !== null) void socket?.join(groupOf(room, to));
  },
  signal(room, seat, message) {
    const watchers = io.local.to(groupOf(room, seat));
    // Typing may be lost; who is here may not, because it is only told when it changes.
    (message.kind === 'presence' ? watchers : watchers.volatile).emit('room:signal', message);
  },
});
