/** From what is stored to the state a room decides on: snapshot, then every event after it, each read by the version that wrote it. */
import type { AnyRoom } from '../../rooms/kit.ts';
import type { StoredEvent, StoredRoom } from './ports.ts';

/** The journal holds something this version cannot read. The room is refused, never shown empty or half. */
export class Unreadable extends Error {}

export const replay = (
  room: AnyRoom,
  stored: StoredRoom,
): { readonly state: { status: string }; readonly at: string } => {
  const { snapshot, tail } = stored;
  let state = room.initial;
  let at = '';
  if (snapshot) {
    refuseNewer(room, snapshot.version, 'snapshot');
    state = snapshot.version === room.version ? snapshot.state : upcastState(room, snapshot.state, snapshot.version);
    at = snapshot.at;
  }
  let seq = snapshot?.seq ?? 0;
  for (const event of tail) {
    if (event.seq !== ++seq) throw new Unreadable(`event ${event.seq} where ${seq} was due`);
    const { type, data } = asWrittenNow(room, event);
    const apply = room.apply[type];
    if (!apply) throw new Unreadable(`event ${event.seq} is a '${type}', which ${room.kind} does not know`);
    state = apply(state, data, { at: event.at, by: { accountId: event.byId, seat: event.bySeat }, seq: event.seq });
    at = event.at;
  }
  if (seq !== stored.seq) throw new Unreadable(`head at ${stored.seq}, events end at ${seq}`);
  return { state, at };
};

/** An event as this version would have written it. */
export const asWrittenNow = (
  room: AnyRoom,
  { seq, type, data, version }: Pick<StoredEvent, 'seq' | 'type' | 'data' | 'version'>,
): { readonly type: string; readonly data: unknown } => {
  refuseNewer(room, version, `event ${seq}`);
  return version === room.version || !room.upcast?.event ? { type, data } : room.upcast.event(type, data, version);
};

/** Written by a later version, as in a rolling upgrade: this one would misread it and then write on top. */
const refuseNewer = (room: AnyRoom, version: number, what: string) => {
  if (version > room.version) throw new Unreadable(`${what} is of version ${version}, this is ${room.version}`);
};

const upcastState = (room: AnyRoom, stored: unknown, version: number) => {
  if (!room.upcast?.state)
    throw new Unreadable(`snapshot of version ${version}, and no way to read it as ${room.version}`);
  return room.upcast.state(stored, version);
};
