/** One client over any wire: one outbox, and the rooms that share it. `connect` gives it the real one. */
import type { Limits } from './limits.ts';
import { createListeners } from './listeners.ts';
import { createOutbox } from './outbox.ts';
import { createRoom, type RoomInside } from './room.ts';
import type { Time } from './time.ts';
import type { Client, ClientState, KindOf, OutboxStorage, Room } from './types.ts';
import type { Wire, WireEvents } from './wire.ts';

export interface AssembleEdges {
  readonly limits: Limits;
  readonly time: Time;
  readonly outbox?: OutboxStorage | undefined;
  readonly wire: (events: WireEvents) => Wire;
}

export const assemble = ({ limits, time, ...edges }: AssembleEdges): Client => {
  const roomsById = new Map<string, RoomInside>();
  const changes = createListeners<ClientState>();
  let state: ClientState = { status: 'connecting' };

  const wire = edges.wire({
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
  const outbox = createOutbox({ wire, storage: edges.outbox, limits, time });

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
      if (!inside) roomsById.set(id, (inside = createRoom({ id, wire, outbox, limits, time })));
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
