/** For the tests of the embedded Postgres: folders of its own, and starts that clean up after themselves. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import pg from 'pg';
import { isAlive, isPostmasterOf, readPidFile } from '../../src/store/embedded/postmaster.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';

/** A data folder whose Postgres, if any is left, ends with the test. */
export const newDataDir = (t: TestContext): string => {
  const dataDir = mkdtempSync(join(tmpdir(), 'claimroom-embedded-'));
  chmodSync(dataDir, 0o711);
  t.after(async () => {
    const clusterDir = join(dataDir, 'postgres');
    const pid = readPidFile(clusterDir)?.pid;
    if (pid !== undefined && isAlive(pid) && isPostmasterOf(clusterDir, pid)) {
      process.kill(pid, 'SIGQUIT');
      await until(() => !isAlive(pid));
    }
    rmSync(dataDir, { recursive: true, force: true });
  });
  return dataDir;
};

interface Options {
  readonly port?: number;
  readonly settings?: Readonly<Record<string, string>> | undefined;
}

export const start = (dataDir: string, options: Options = {}): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ dataDir, log: { info: () => {}, warn: () => {}, error: () => {} }, ...options });

export interface Started {
  readonly parent: ChildProcess;
  readonly url: string;
  readonly pid: number;
  readonly adopted: boolean;
}

/** The same by another process, which can be killed. */
export const spawnStart = (t: TestContext, dataDir: string, project = '.'): ChildProcess => {
  const script = join(project, 'tests', 'support', 'start-postgres.ts');
  const parent = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  t.after(() => parent.kill('SIGKILL'));
  return parent;
};

export const started = async (parent: ChildProcess): Promise<Started> => {
  if (!parent.stdout) throw new Error('It was started without an output.');
  const failed = once(parent, 'exit').then(() => Promise.reject(new Error('It ended without having started.')));
  const [line] = (await Promise.race([once(createInterface(parent.stdout), 'line'), failed])) as [string];
  return { parent, ...(JSON.parse(line) as Omit<Started, 'parent'>) };
};

/** With its whole process group, as a terminal or a supervisor does. */
export const kill9 = async (parent: ChildProcess) => {
  const isOver = once(parent, 'exit');
  process.kill(-(parent.pid as number), 'SIGKILL');
  await isOver;
};

export const query = async <Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
};

export const until = async (isTrue: () => boolean, waitMs = 10_000) => {
  for (const end = Date.now() + waitMs; !isTrue(); ) {
    if (Date.now() > end) throw new Error('It did not come true in time.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
