/**
 * Postgres for those who have none: started from an npm package, kept in the data folder. It outlives us: killed, we
 * find it alive at the next start and adopt it; stopped properly, we stop it last.
 */
import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../runtime/ports.ts';
import { findBinaries } from './embedded/binaries.ts';
import { type Cluster, ensureCluster, superuser } from './embedded/cluster.ts';
import { findRunning } from './embedded/find-running.ts';
import { launch } from './embedded/launch.ts';
import { type Postmaster, readPidFile, stopPostmaster } from './embedded/postmaster.ts';
import { chooseRunAs } from './embedded/run-as.ts';
import { defaultSettings } from './embedded/settings.ts';
import { withStartLock } from './embedded/start-lock.ts';

export interface EmbeddedPostgres {
  /** Address of the database `claimroom`, as superuser. */
  readonly url: string;
  readonly pid: number;
  /** It was already running: its settings are those of whoever started it. */
  readonly adopted: boolean;
  /** Fast shutdown; answers when the process is gone. */
  stop(): Promise<void>;
}

interface Options {
  readonly dataDir: string;
  readonly log: Log;
  /** Settings of postgresql.conf, over our own. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  /** A free one when not given; for tests that restart it under its clients. */
  readonly port?: number;
}

const database = 'claimroom';

export const startEmbeddedPostgres = (options: Options): Promise<EmbeddedPostgres> => {
  const { log, settings, port } = options;
  mkdirSync(options.dataDir, { recursive: true });
  const dataDir = realpathSync(options.dataDir);
  const clusterDir = join(dataDir, 'postgres');
  const cluster: Cluster = { dataDir, clusterDir, passwordFile: join(dataDir, 'postgres.password') };
  const lockFile = join(dataDir, 'postgres.lock');
  const binaries = findBinaries();

  return withStartLock(lockFile, async () => {
    const runAs = chooseRunAs({ initdb: binaries.initdb, dataDir, clusterDir }, log);
    const password = await ensureCluster(cluster, binaries, runAs, log);
    const logFile = join(dataDir, 'postgres.log');
    const start = () =>
      launch({ clusterDir, logFile, binaries, runAs, settings: { ...defaultSettings, ...settings }, port });
    const { pid, port: takenPort, adopted } = await adoptOrStart(clusterDir, password, start, log);
    const urlOf = (name: string) => `postgres://${superuser}:${password}@127.0.0.1:${takenPort}/${name}`;
    await ensureDatabase(urlOf('postgres'));
    return {
      url: urlOf(database),
      pid,
      adopted,
      stop: () =>
        withStartLock(lockFile, async () => {
          // Someone else may have stopped it, and even started it anew.
          if (readPidFile(clusterDir)?.pid === pid) await stopPostmaster(pid, binaries.pgCtl, clusterDir);
        }),
    };
  });
};

const OCCUPIED_MAX_MS = 30_000;
const POLL_MS = 100;

const adoptOrStart = async (
  clusterDir: string,
  password: string,
  start: () => Promise<Postmaster | 'occupied'>,
  log: Log,
): Promise<Postmaster & { adopted: boolean }> => {
  for (let waitedMs = 0; waitedMs < OCCUPIED_MAX_MS; waitedMs += POLL_MS) {
    const running = await findRunning(clusterDir, password, log);
    if (running) return { ...running, adopted: true };
    const started = await start();
    if (started !== 'occupied') return { ...started, adopted: false };
    // A killed postmaster's backends take a moment to notice and die.
    await sleep(POLL_MS);
  }
  throw new Error(`Processes of an earlier Postgres still use ${clusterDir}: end them and start again.`);
};

const ensureDatabase = async (adminUrl: string) => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
};
