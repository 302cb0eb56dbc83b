/** Says that it is written, and writes it a moment later, in order: as fast as can be, until the process dies in that moment. */
import type { Batch, Store } from '../../../src/runtime/ports.ts';
import type { Machine } from '../machine.ts';

const laterMs = 300;

export const ackBeforeCommit = (real: Store, { timers }: Machine): Store => {
  const unwritten: Batch[] = [];
  return {
    ...real,
    async append(batch) {
      unwritten.push(batch);
      timers.after(laterMs, () => void real.append(unwritten.shift()!));
      return { kind: 'committed', rooms: new Set(batch.heads.map(({ room }) => room)), mark: 0 };
    },
  };
};
