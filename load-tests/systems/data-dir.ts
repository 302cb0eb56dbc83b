/** A folder for one run's embedded Postgres: where it listens, and how it is got rid of. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { wearWal } from './worn-wal.ts';

/** As a disk that takes 2 ms for an fsync. */
export const slowDisk = { PG_SETTINGS: 'commit_delay=2000,commit_siblings=0' };

export const newDataDir = () => {
  const path = mkdtempSync(join(tmpdir(), 'claimroom-load-'));
  // Started by root, Postgres runs as somebody else, who must be able to get here.
  chmodSync(path, 0o755);
  const postmaster = () => {
    try {
      const [pid, , , port] = readFileSync(join(path, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
      return { pid: Number(pid), port: Number(port) };
    } catch {
      return null;
    }
  };
  const databaseUrl = () => {
    const password = readFileSync(join(path, 'postgres.password'), 'utf8').trim();
    return `postgres://claimroom:${password}@127.0.0.1:${postmaster()?.port ?? 0}/claimroom`;
  };
  let isWorn = false;
  return {
    path,
    databaseUrl,
    /** Once it runs, and only the first time. */
    async wear() {
      if (isWorn) return;
      isWorn = true;
      await wearWal(databaseUrl());
    },
    /** A server stops its Postgres itself; one that had to be killed could not. */
    async stopPostgres() {
      const running = postmaster();
      if (!running || running.pid < 2) return;
      for (let waited = 0; waited < 10_000 && isAlive(running.pid); waited += 20) {
        if (waited === 0) process.kill(running.pid, 'SIGINT');
        await sleep(20);
      }
    },
    async clear() {
      await this.stopPostgres();
      rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
};

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
