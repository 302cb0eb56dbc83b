/** Starts Postgres as a process that outlives ours, on a free port of loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { parse } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { postgresEnvironment } from './environment.ts';
import { type Postmaster, readPidFile } from './postmaster.ts';
import type { RunAs } from './run-as.ts';

interface Launch {
  readonly clusterDir: string;
  readonly logFile: string;
  readonly binaries: Binaries;
  readonly runAs: RunAs;
  readonly settings: Readonly<Record<string, string>>;
  /** A free one when not given. */
  readonly port: number | undefined;
}

// Recovery after a crash replays up to max_wal_size: slow disks need minutes.
const READY_MAX_MS = 300_000;
const POLL_MS = 20;
const LOG_BYTES_MAX = 10_000_000;

/** `occupied`: another postmaster, or what is left of one, still holds the cluster. */
export const launch = async (options: Launch): Promise<Postmaster | 'occupied'> => {
  rotate(options.logFile);
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const logBytes = existsSync(options.logFile) ? statSync(options.logFile).size : 0;
    const child = spawnDetached(options, port);
    if (await becomesReady(child, options.clusterDir)) return { pid: child.pid as number, port };
    const said = readFileSync(options.logFile).subarray(logBytes).toString('utf8');
    if (/lock file .* already exists|is still in use/.test(said)) return 'occupied';
    const isPortTaken = /Address already in use|could not bind/.test(said);
    if (!isPortTaken || options.port !== undefined || attempt >= 10)
      throw new Error(`Postgres did not start (see ${options.logFile}): ${lastWords(said)}`);
  }
};

const spawnDetached = ({ clusterDir, logFile, binaries, runAs, settings }: Launch, port: number): ChildProcess => {
  const switches = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [file, args] = runAs.command(binaries.postgres, ['-D', clusterDir, '-p', String(port), ...switches]);
  const log = openSync(logFile, 'a', 0o600);
  try {
    const child = spawn(file, args, {
      ...runAs.options,
      // Own process group and no pipe to us: neither ^C nor our death may reach it.
      detached: true,
      stdio: ['ignore', log, log],
      cwd: parse(clusterDir).root,
      env: postgresEnvironment(),
      windowsHide: true,
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
};

const becomesReady = async (child: ChildProcess, clusterDir: string): Promise<boolean> => {
  let hasFailed = child.pid === undefined;
  child.once('exit', () => (hasFailed = true)).once('error', () => (hasFailed = true));
  for (let waitedMs = 0; waitedMs < READY_MAX_MS; waitedMs += POLL_MS) {
    await sleep(POLL_MS);
    if (hasFailed) return false;
    const file = readPidFile(clusterDir);
    if (file?.pid === child.pid && file?.isReady) return true;
  }
  throw new Error('Postgres has not become ready within five minutes; it goes on recovering, so try again later.');
};

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const rotate = (logFile: string) => {
  if (existsSync(logFile) && statSync(logFile).size > LOG_BYTES_MAX) renameSync(logFile, `${logFile}.1`);
};

const lastWords = (said: string): string => {
  const lines = said.trim().split('\n');
  return (lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? '').replace(/^.*?(?=FATAL|PANIC)/, '');
};
