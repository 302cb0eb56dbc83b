/** Says that it is written, and writes it a moment later: as fast as can be, until the process dies in that moment. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../../src/runtime/ports.ts';

export const ackBeforeCommit = (real: Store): Store => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...real,
    async append(batch) {
      const due = sleep(200 + Math.random() * 300);
      // In order, as a careful author of this mistake would do it.
      last = last.then(() => due).then(() => real.append(batch));
      return { kind: 'committed', rooms: new Set(batch.heads.map(({ room }) => room)), mark: 0 };
    },
  };
};
