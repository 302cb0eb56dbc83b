/** A Postgres of one test's own: stalled, killed with everything it has forked, and started again on the same port. */
import type { TestContext } from 'node:test';
import { isAlive } from '../../src/store/embedded/postmaster.ts';
import { newDataDir, start } from '../support/embedded.ts';
import { childrenOf, isStopped } from './processes.ts';
import { until } from './until.ts';

export const newPostgres = async (t: TestContext) => {
  const dataDir = newDataDir(t);
  let postgres = await start(dataDir);
  const { url } = postgres;
  const port = Number(new URL(url).port);

  /** The postmaster first: frozen, it cannot fork somebody we would then miss. */
  const freeze = async (): Promise<number[]> => {
    process.kill(postgres.pid, 'SIGSTOP');
    await until('the postmaster is frozen', () => isStopped(postgres.pid));
    const children = childrenOf(postgres.pid);
    signal(children, 'SIGSTOP');
    return [postgres.pid, ...children];
  };

  return {
    url,
    /** Takes what it is sent and answers nothing, as over a disk that hangs. */
    freeze,
    thaw: () => signal([postgres.pid, ...childrenOf(postgres.pid)], 'SIGCONT'),
    /** As when the machine loses power, but for what the operating system had been given to write. */
    async kill9() {
      const pids = await freeze();
      signal(pids, 'SIGKILL');
      await until('Postgres is gone', () => !pids.some(isAlive));
    },
    async start() {
      postgres = await start(dataDir, { port });
    },
  };
};

const signal = (pids: readonly number[], name: NodeJS.Signals) => {
  for (const pid of pids)
    try {
      process.kill(pid, name);
    } catch {
      // A backend may end by itself at any moment.
    }
};
