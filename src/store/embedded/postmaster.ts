/** The running Postgres of a folder: found by its pid file, told from strangers, and stopped. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

interface PidFile extends Postmaster {
  readonly isReady: boolean;
}

const pidFileOf = (clusterDir: string) => join(clusterDir, 'postmaster.pid');

export const readPidFile = (clusterDir: string): PidFile | undefined => {
  try {
    const lines = readFileSync(pidFileOf(clusterDir), 'utf8').split('\n');
    const pid = Number(lines[0]);
    // Its lines: pid, folder, start, port, socket folder, address, shared memory, status.
    return pid > 0 ? { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' } : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  if (process.platform !== 'linux') return true;
  // In a container without an init nobody buries the orphans: a zombie answers signals for ever.
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

/** Pids are used again, soon in a container: the process of that number may be anything by now. */
export const isPostmasterOf = (clusterDir: string, pid: number): boolean => {
  if (process.platform === 'linux') {
    // The folder it works in may be hidden from us (no CAP_SYS_PTRACE in Docker); then its arguments tell.
    const [program = '', ...args] = attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')) ?? [];
    const cwd = attempt(() => readlinkSync(`/proc/${pid}/cwd`));
    return basename(program) === 'postgres' && (cwd === clusterDir || args.includes(clusterDir));
  }
  // Windows tells neither: whoever answers on the port with our password and folder is ours, else we wait.
  if (process.platform === 'win32') return true;
  const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.includes('postgres') && stdout.includes(clusterDir);
};

const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

/**
 * Says in the pid file that it is stale, when a stranger has its pid: Postgres would refuse to start. The file is not
 * removed but given our own pid, which Postgres ignores in its parent, because the rest of it guards against backends
 * that outlived their postmaster.
 */
export const disownPidFile = (clusterDir: string) => {
  const file = pidFileOf(clusterDir);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid)));
};

const SHUTDOWN_MAX_MS = 60_000;
const POLL_MS = 20;

/** Fast shutdown: open transactions are rolled back, everything committed is flushed. Answers when it is gone. */
export const stopPostmaster = async (pid: number, pgCtl: string, clusterDir: string) => {
  if (!isAlive(pid)) return;
  // On Windows SIGINT would be a kill.
  if (process.platform === 'win32')
    spawnSync(pgCtl, ['stop', '-D', clusterDir, '-m', 'fast', '-w'], { windowsHide: true });
  else process.kill(pid, 'SIGINT');
  if (await isGone(pid, SHUTDOWN_MAX_MS)) return;
  process.kill(pid, 'SIGQUIT');
  if (!(await isGone(pid, 5_000))) throw new Error(`Postgres (pid ${pid}) does not stop.`);
};

const isGone = async (pid: number, waitMs: number): Promise<boolean> => {
  for (let waited = 0; waited < waitMs; waited += POLL_MS) {
    if (!isAlive(pid)) return true;
    await sleep(POLL_MS);
  }
  return !isAlive(pid);
};
