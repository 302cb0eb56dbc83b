/** Ephemeral messages between people in a room. No answer: a lost one is no loss. */
import { SignalRequest } from '../../rooms/protocol.ts';
import type { Limits } from '../../src/limits.ts';
import type { RoomsApi } from '../../src/runtime/api.ts';
import { verb, type Verb } from '../../src/socket/verb.ts';

export const signalVerbs = (rooms: RoomsApi, limits: Limits): readonly Verb[] => [
  verb({
    name: 'room:signal',
    counts: 'signal',
    request: SignalRequest,
    handle({ room, kind, data }, { id }) {
      if (JSON.stringify(data ?? null).length <= limits.signalBytesMax) rooms.signal(room, id, kind, data);
      return undefined;
    },
  }),
];
