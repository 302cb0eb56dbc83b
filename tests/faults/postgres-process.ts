/** A Postgres of one test's own: stalled, killed with everything it has forked, and started again on the same port. */
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { isAlive, isPostmasterOf, readPidFile } from '../../src/store/embedded/postmaster.ts';
import { newDataDir, start } from '../support/embedded.ts';
import { atExit } from './at-exit.ts';
import { childrenOf, isStopped } from './processes.ts';
import { until } from './until.ts';

/** A data folder whose Postgres ends with the test, or at the latest with this process. */
export const newPostgresFolder = (t: TestContext): string => {
  const dataDir = newDataDir(t);
  const clusterDir = join(dataDir, 'postgres');
  atExit(() => {
    const pid = readPidFile(clusterDir)?.pid;
    if (pid !== undefined && isPostmasterOf(clusterDir, pid)) signal([pid, ...childrenOf(pid)], 'SIGKILL');
  });
  return dataDir;
};

/** `settings` over those it has anyway. */
export const newPostgres = async (t: TestContext, settings?: Readonly<Record<string, string>>) => {
  let pid: number | undefined;
  const thaw = () => pid !== undefined && signal([pid, ...childrenOf(pid)], 'SIGCONT');
  // First of all, because a frozen Postgres cannot be stopped either.
  t.after(thaw);
  const dataDir = newPostgresFolder(t);
  const postgres = await start(dataDir, { settings });
  const port = Number(new URL(postgres.url).port);
  pid = postgres.pid;

  /** The postmaster first: frozen, it cannot fork somebody we would then miss. */
  const freeze = async (postmaster: number): Promise<number[]> => {
    process.kill(postmaster, 'SIGSTOP');
    await until('the postmaster is frozen', () => isStopped(postmaster));
    const children = childrenOf(postmaster);
    signal(children, 'SIGSTOP');
    return [postmaster, ...children];
  };

  return {
    url: postgres.url,
    dataDir,
    /** Takes what it is sent and answers nothing, as over a disk that hangs. */
    freeze: () => freeze(pid!),
    thaw,
    /** As when the machine loses power, but for what the operating system had been given to write. */
    async kill9() {
      const pids = await freeze(pid!);
      signal(pids, 'SIGKILL');
      await until('Postgres is gone', () => !pids.some(isAlive));
    },
    async start() {
      pid = (await start(dataDir, { port, settings })).pid;
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
