/** Joining, leaving and commanding a room. */
import { CommandRequest, JoinRequest, LeaveRequest } from '../../rooms/protocol.ts';
import type { Limits } from '../../src/limits.ts';
import type { RoomsApi } from '../../src/runtime/api.ts';
import { refusal } from '../../src/runtime/waiting.ts';
import { verb, type Verb } from '../../src/socket/verb.ts';

export const roomVerbs = (rooms: RoomsApi, limits: Limits): readonly Verb[] => [
  verb({
    name: 'room:join',
    counts: 'command',
    request: JoinRequest,
    async handle({ room, since }, connection) {
      if (connection.joined.size >= limits.roomsPerSocketMax && !connection.joined.has(room))
        return refusal('socket/too-many-rooms', { limit: limits.roomsPerSocketMax });
      // Seated (and in the broadcast group) first, shown second: nothing falls between.
      const seated = await rooms.sit(room, { id: connection.id, by: connection.caller });
      if (!seated.ok) return seated;
      connection.joined.add(room);
      const sight = await rooms.look(room, connection.id, since);
      if (!connection.isConnected) rooms.gone(connection.id);
      return sight;
    },
  }),
  verb({
    name: 'room:leave',
    counts: 'command',
    request: LeaveRequest,
    handle({ room }, connection) {
      connection.joined.delete(room);
      rooms.leave(room, connection.id);
      return { ok: true };
    },
  }),
  verb({
    name: 'room:command',
    counts: 'command',
    request: CommandRequest,
    handle: ({ room, id, name, input }, { caller }) => rooms.send({ room, id, name, input, by: caller }),
  }),
];
