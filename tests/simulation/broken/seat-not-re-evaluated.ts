/** A watcher whom an event has moved to another seat stays in the group of the old one, and goes on hearing what is said there. */
import type { Tell } from '../../../src/runtime/ports.ts';

export const seatNotReEvaluated = (real: Tell): Tell => {
  const groups = new Map<string, string>();
  return {
    ...real,
    seat(watcherId, room, _from, to) {
      const key = `${watcherId} ${room}`;
      const at = groups.get(key) ?? null;
      if (at !== null && to !== null) return;
      if (to === null) groups.delete(key);
      else groups.set(key, to);
      real.seat(watcherId, room, at, to);
    },
  };
};
