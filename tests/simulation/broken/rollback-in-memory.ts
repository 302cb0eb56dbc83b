/**
 * Takes a write whose outcome is unknown for one that failed: the room is not loaded anew under a new epoch, but goes on from
 * what memory knew before, as if nothing of what it wrote could be in the journal.
 */
import type { Batch, Remembered, Store, StoredRoom } from '../../../src/runtime/ports.ts';

export const rollbackInMemory = (real: Store): Store => {
  /** As far as memory knows; null: there is no such room. */
  const known = new Map<string, StoredRoom | null>();
  const rolledBack = new Set<string>();
  const undone = new Set<string>();
  return {
    ...real,
    async activate(room, owner) {
      if (!rolledBack.delete(room)) known.set(room, await real.activate(room, owner));
      return structuredClone(known.get(room)!);
    },
    async append(batch, abort) {
      const appended = await real.append(batch, abort);
      for (const { room } of batch.heads) {
        if (appended.kind === 'committed' && appended.rooms.has(room))
          known.set(room, grown(known.get(room)!, room, batch));
        if (appended.kind !== 'unknown') continue;
        rolledBack.add(room);
        for (const { commandId } of ofRoom(batch, room)) undone.add(`${room} ${commandId}`);
      }
      return appended;
    },
    async findCommand(room, id) {
      // Its caller hears that it is unknown, and sends it again.
      if (undone.delete(`${room} ${id}`)) throw new Error('rolled back');
      return real.findCommand(room, id);
    },
  };
};

const ofRoom = ({ events }: Batch, id: string) => events.filter(({ room }) => room === id);

const grown = (before: StoredRoom | null, id: string, batch: Batch): StoredRoom => {
  const { epoch, hi: seq } = batch.heads.find(({ room }) => room === id)!;
  const events = ofRoom(batch, id);
  const tail = events.map(({ dataJson, ...event }) => ({ ...event, data: JSON.parse(dataJson) as unknown }));
  const firsts = events.filter(({ commandId }) => commandId !== null);
  const remembered = firsts.map(
    ({ commandId, commandHash, byId }, i): Remembered => ({
      id: commandId!,
      hash: commandHash!,
      byId,
      epoch,
      seq: (firsts[i + 1]?.seq ?? seq + 1) - 1,
    }),
  );
  return {
    epoch,
    seq,
    snapshot: before?.snapshot ?? null,
    tail: [...(before?.tail ?? []), ...tail],
    remembered: [...(before?.remembered ?? []), ...remembered],
  };
};
