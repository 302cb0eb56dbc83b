/** Whoever joins is shown the view as it was before they sat in the group that hears of changes: what happens between is nobody's. */
import type { JoinAck } from '../../../rooms/protocol.ts';
import type { RoomsApi } from '../../../src/runtime/api.ts';
import type { Machine } from '../machine.ts';

const momentMs = 50;

export const joinAfterSnapshot = (real: RoomsApi, { timers }: Machine): RoomsApi => {
  const taken = new Map<string, JoinAck>();
  return {
    ...real,
    async sit(room, watcher) {
      taken.set(`${watcher.id} ${room}`, await real.read(room, watcher.by));
      await new Promise<void>((resolve) => void timers.after(momentMs, resolve));
      return real.sit(room, watcher);
    },
    async look(room, watcherId, since) {
      const now = await real.look(room, watcherId, since);
      const before = taken.get(`${watcherId} ${room}`);
      // Only the time of the view is wrong: whose it is, is as it should be.
      return now.ok && before?.ok && before.seat === now.seat ? before : now;
    },
  };
};
