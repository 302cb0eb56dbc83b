/** One client: one connection, one outbox, and the rooms that share them. */
import { limits as defaults } from './limits.ts';
import { createListeners } from './listeners.ts';
import { createOutbox } from './outbox.ts';
import { createRoom, type RoomInside } from './room.ts';
import type { Client, ClientState, ConnectOptions, KindOf, Room } from './types.ts';
import { createWire } from './wire.ts';

export const connect = (options: ConnectOptions): Client => {
  const limits = { ...defaults, ...options.limits };
  const roomsById = new Map<string, RoomInside>();
  const changes = createListeners<ClientState>();
  let state: ClientState = { status: 'connecting' };

  const wire = createWire({
    url: options.url,
    token: options.token,
    limits,
    onState(next) {
      if (next.status === state.status && next.refusal?.code === state.refusal?.code) return;
      state = next;
      changes.tell(state);
    },
    onDown() {
      for (const room of roomsById.values()) room.down();
    },
    onPatch: (message) => roomsById.get(message.room)?.patch(message),
    onSignal: (message) => roomsById.get(message.room)?.signal(message),
  });
  const outbox = createOutbox({ wire, storage: options.outbox, limits });

  return {
    get state() {
      return state;
    },
    get waiting() {
      return outbox.size;
    },
    subscribe: changes.add,
    room<Id extends string>(id: Id) {
      let inside = roomsById.get(id);
      if (!inside) roomsById.set(id, (inside = createRoom({ id, wire, outbox, limits })));
      return inside.room as unknown as Room<KindOf<Id>>;
    },
    close() {
      if (state.status === 'closed') return;
      outbox.close();
      wire.close();
      for (const room of roomsById.values()) room.close();
    },
  };
};
