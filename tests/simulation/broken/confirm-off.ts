/** Says no without asking whether the room is still its own: what the journal said of it at last counts for a while. */
import type { OwnerRow, Store } from '../../../src/runtime/ports.ts';
import type { Machine } from '../machine.ts';

/** Routing and the audit ask the same way: detours are allowed, and the audit must still find out in the end. */
const staleMs = 15_000;

export const confirmOff = (real: Store, { clock }: Machine): Store => {
  const said = new Map<string, { readonly row: OwnerRow | undefined; readonly at: number }>();
  const isFresh = (room: string) => clock.monotonic() - (said.get(room)?.at ?? -Infinity) < staleMs;
  return {
    ...real,
    async activate(room, owner) {
      const stored = await real.activate(room, owner);
      const row = stored ? { room, owner, epoch: stored.epoch } : undefined;
      said.set(room, { row, at: clock.monotonic() });
      return stored;
    },
    async append(batch, abort) {
      const appended = await real.append(batch, abort);
      for (const { room } of batch.heads) said.delete(room);
      return appended;
    },
    async ownersOf(rooms) {
      const unknown = rooms.filter((room) => !isFresh(room));
      if (unknown.length > 0) {
        const rows = new Map((await real.ownersOf(unknown)).map((row) => [row.room, row]));
        for (const room of unknown) said.set(room, { row: rows.get(room), at: clock.monotonic() });
      }
      return rooms.flatMap((room) => said.get(room)?.row ?? []);
    },
  };
};
