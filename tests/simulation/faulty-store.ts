/**
 * The one database of all simulated nodes, as one of them reaches it. A call that got through is executed at one moment,
 * whatever became of its caller; what the caller hears of it, and when, is another matter. Nothing is shared: values travel as JSON.
 */
import type { Appended, Batch, Store } from '../../src/runtime/ports.ts';
import type { MemoryStore } from '../../src/store/memory-store.ts';
import type { Chance } from './chance.ts';
import { createDatabaseLine, type DatabaseLine } from './database-line.ts';
import type { Machine } from './machine.ts';
import type { Scheduler } from './scheduler.ts';
import type { StoreTrouble } from './store-trouble.ts';

export type { StoreTrouble } from './store-trouble.ts';

interface Deps {
  readonly memory: MemoryStore;
  readonly machine: Machine;
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly trouble: StoreTrouble;
}
type Methods = Readonly<Record<string, (...given: readonly unknown[]) => Promise<unknown>>>;

/** As long as the connection pool waits. */
const timeoutMs = 2_500;
/** The memory store makes these answers anew each time, and they are long. */
const isFresh = new Set(['activate', 'read']);

export const createFaultyStore = ({ memory, machine, scheduler, chance, trouble }: Deps): Store => {
  const dice = chance.fork(`store ${machine.name}`);
  const open = () => createDatabaseLine({ machine, scheduler, chance: dice, trouble });
  const database = memory as unknown as Methods;

  /** Over a connection of its own, as from a pool. */
  const call = (name: string, given: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const json = JSON.stringify(given);
      const fail = (reason: string) => reject(new Error(`${name}: ${reason}`));
      const cancel = machine.timers.after(timeoutMs, () => fail(`no answer within ${timeoutMs} ms`));
      open().send({
        async execute() {
          const result = await database[name]!(...(JSON.parse(json) as unknown[]));
          return result === undefined || isFresh.has(name) ? result : (JSON.parse(JSON.stringify(result)) as unknown);
        },
        answered: (result) => (cancel(), resolve(result)),
        failed: (reason) => (cancel(), fail(reason)),
      });
    });

  const idle: DatabaseLine[] = [];
  /** Over a connection that is not at work, until it is given up or breaks: then whatever is on its way arrives when it arrives. */
  const append = (batch: Batch, abort?: AbortSignal): Promise<Appended> =>
    new Promise((resolve) => {
      if (abort?.aborted) return resolve({ kind: 'unknown', reason: 'given up before it was sent' });
      const own = idle.pop() ?? open();
      const json = JSON.stringify(batch);
      let isSettled = false;
      const settle = (appended: Appended) => {
        if (isSettled) return;
        isSettled = true;
        abort?.removeEventListener('abort', giveUp);
        if (appended.kind !== 'unknown') idle.push(own);
        resolve(appended);
      };
      const giveUp = () => settle({ kind: 'unknown', reason: 'given up' });
      abort?.addEventListener('abort', giveUp, { once: true });
      own.send({
        execute: () => memory.append(JSON.parse(json) as Batch),
        answered: (appended) => settle(appended as Appended),
        failed: (reason) => settle({ kind: 'unknown', reason }),
      });
    });

  // Whatever the port has, or will have, goes the same way.
  const calls = Object.keys(memory)
    .filter((name) => typeof database[name] === 'function')
    .map((name) => [name, (...given: readonly unknown[]) => call(name, given)]);
  return { ...(Object.fromEntries(calls) as Store), append };
};
