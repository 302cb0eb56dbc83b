/** Takes a command that comes a second time for a new one. The first time it keeps its id, so that only repeats go wrong. */
import type { RoomsApi } from '../../../src/runtime/api.ts';

export const dedupeOff = (real: RoomsApi): RoomsApi => {
  const times = new Map<string, number>();
  return {
    ...real,
    send(ask) {
      const before = times.get(ask.id) ?? 0;
      times.set(ask.id, before + 1);
      return real.send(before === 0 ? ask : { ...ask, id: anotherId(ask.id, before) });
    },
  };
};

/** Of the same time, and the same in every run of a seed. */
const anotherId = (id: string, n: number) => id.slice(0, -4) + n.toString(16).padStart(4, '0');
