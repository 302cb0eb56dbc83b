/** Takes a command that comes a second time for a new one. The first time it keeps its id, so that only repeats go wrong. */
import { randomUUIDv7 } from 'node:crypto';
import type { RoomsApi } from '../../../src/runtime/api.ts';

export const dedupeOff = (real: RoomsApi): RoomsApi => {
  const arrived = new Set<string>();
  return {
    ...real,
    send(ask) {
      if (arrived.has(ask.id)) return real.send({ ...ask, id: randomUUIDv7() });
      arrived.add(ask.id);
      return real.send(ask);
    },
  };
};
