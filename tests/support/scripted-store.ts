/** A store whose commits happen when, and as, the test says: resolve, reject, reorder, never. */
import type { Appended, Batch, Store } from '../../src/runtime/ports.ts';
import { createMemoryStore, type MemoryStore } from '../../src/store/memory-store.ts';

export interface PendingAppend {
  readonly batch: Batch;
  /** Write it and answer. */
  commit(): Promise<void>;
  /** Write it, and lose the answer. */
  commitButLoseAnswer(): Promise<void>;
  /** Do not write it, and lose the answer. */
  lose(): void;
  /** The database says no to a value. */
  refuse(): void;
}
export interface ScriptedStore extends Store {
  readonly memory: MemoryStore;
  readonly pending: PendingAppend[];
  /** How many loads are still refused. */
  failingLoads: number;
}

export const createScriptedStore = (): ScriptedStore => {
  const memory = createMemoryStore({ rememberMax: 256 });
  const pending: PendingAppend[] = [];
  const store: ScriptedStore = {
    ...memory,
    memory,
    pending,
    failingLoads: 0,
    activate(room, owner) {
      if (store.failingLoads > 0) {
        store.failingLoads--;
        return Promise.reject(new Error('the database is away'));
      }
      return memory.activate(room, owner);
    },
    append: (batch) =>
      new Promise<Appended>((resolve) => {
        const remove = () => pending.splice(pending.indexOf(append), 1);
        const append: PendingAppend = {
          batch,
          async commit() {
            remove();
            resolve(await memory.append(batch));
          },
          async commitButLoseAnswer() {
            remove();
            await memory.append(batch);
            resolve({ kind: 'unknown', reason: 'scripted' });
          },
          lose() {
            remove();
            resolve({ kind: 'unknown', reason: 'scripted' });
          },
          refuse() {
            remove();
            resolve({ kind: 'refused', isRepeat: false, reason: '22000' });
          },
        };
        pending.push(append);
      }),
  };
  return store;
};
