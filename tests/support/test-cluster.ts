/** One throw-away Postgres for a whole run of tests. It runs detached, so whoever starts it must stop it. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, isPostmasterOf, readPidFile } from '../../src/store/embedded/postmaster.ts';
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';

const prefix = 'claimroom-test-';

export interface TestCluster {
  readonly url: string;
  stop(): Promise<void>;
}

export const testCluster = async (): Promise<TestCluster> => {
  await removeAbandoned();
  const dataDir = mkdtempSync(join(tmpdir(), prefix));
  // As root, Postgres runs as another user, who must be able to pass.
  chmodSync(dataDir, 0o711);
  writeFileSync(join(dataDir, 'owner'), String(process.pid));
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  // Nobody pulls the plug on a throw-away cluster, and dropping a database waits for the disk otherwise.
  const settings = { max_connections: '200', fsync: 'off' };
  const postgres = await startEmbeddedPostgres({ dataDir, log: silent, settings });
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

// A run that was killed could not stop its Postgres.
const removeAbandoned = async () => {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const dataDir = join(tmpdir(), name);
    if (isAlive(ownerOf(dataDir))) continue;
    const clusterDir = join(dataDir, 'postgres');
    const pid = readPidFile(clusterDir)?.pid;
    if (pid !== undefined && isAlive(pid) && isPostmasterOf(clusterDir, pid)) process.kill(pid, 'SIGQUIT');
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
};

const ownerOf = (dataDir: string): number => {
  try {
    return Number(readFileSync(join(dataDir, 'owner'), 'utf8'));
  } catch {
    // Just being made by another run.
    return process.pid;
  }
};
