/** The Postgres an earlier process of ours left running, if it still does and really serves our folder. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../../runtime/ports.ts';
import { superuser } from './cluster.ts';
import { disownPidFile, isAlive, isPostmasterOf, type Postmaster, readPidFile } from './postmaster.ts';

const WAIT_MAX_MS = 300_000;
const POLL_MS = 100;

export const findRunning = async (clusterDir: string, password: string, log: Log): Promise<Postmaster | undefined> => {
  for (let waitedMs = 0; waitedMs < WAIT_MAX_MS; waitedMs += POLL_MS) {
    const found = readPidFile(clusterDir);
    // The file of a dead process is cleared by Postgres itself at its next start.
    if (!found || !isAlive(found.pid)) return undefined;
    const answer = await ask(found.port, password);
    if (answer.folder === clusterDir) {
      log.info({ pid: found.pid }, 'Postgres is already running: using it');
      return found;
    }
    if (!isPostmasterOf(clusterDir, found.pid)) {
      log.warn({ pid: found.pid }, 'The pid of our last Postgres belongs to another process by now: starting it anew');
      disownPidFile(clusterDir);
      return undefined;
    }
    if (answer.code === WRONG_PASSWORD)
      throw new Error(
        `Postgres (pid ${found.pid}) runs in ${clusterDir}, but refuses the password in postgres.password.`,
      );
    if (waitedMs === 0) log.info({ pid: found.pid }, 'Postgres is starting or stopping: waiting for it');
    await sleep(POLL_MS);
  }
  throw new Error(`The Postgres that runs in ${clusterDir} has not answered for five minutes.`);
};

const WRONG_PASSWORD = '28P01';

const ask = async (port: number, password: string): Promise<{ folder?: string; code?: string }> => {
  // The pid file is written before the port is known.
  if (!(port > 0)) return {};
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: superuser,
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`);
    return rows[0] ?? {};
  } catch (error) {
    return error instanceof pg.DatabaseError && error.code ? { code: error.code } : {};
  } finally {
    await client.end().catch(() => undefined);
  }
};
