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
      const { id, joined, caller: by } = connection;
      if (joined.size >= limits.roomsPerSocketMax && !joined.has(room))
        return refusal('socket/too-many-rooms', { limit: limits.roomsPerSocketMax });
      // Counted before it is waited for: of many joins at once all would pass.
      const mine = {};
      joined.set(room, mine);
      // Seated (and in the broadcast group) first, shown second: nothing falls between.
      const seated = await rooms.sit(room, { id, by });
      // The room may have been long in loading, and the caller's mind changed meanwhile.
      const sight = seated.ok ? await rooms.look(room, id, since) : seated;
      if (!connection.isConnected) rooms.gone(id);
      else if (!joined.has(room)) rooms.leave(room, id);
      // Left and joined again meanwhile: that join is not ours to end.
      if (!sight.ok && joined.get(room) === mine) joined.delete(room);
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
