/** One start or stop at a time per data folder, across processes. */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MAX_MS = 180_000;
const POLL_MS = 50;
const SQLITE_BUSY = 5;

// SQLite's lock and not a file with a pid in it: the kernel drops it together with its process, so there is never
// a stale lock to judge, nor two starts that judge it at the same time.
export const withStartLock = async <T>(file: string, work: () => Promise<T>): Promise<T> => {
  const lock = new DatabaseSync(file);
  try {
    for (let waitedMs = 0; !tryLock(lock); waitedMs += POLL_MS) {
      if (waitedMs >= WAIT_MAX_MS) throw new Error(`Another process has been holding ${file} for three minutes.`);
      await sleep(POLL_MS);
    }
    return await work();
  } finally {
    lock.close();
  }
};

const tryLock = (lock: DatabaseSync): boolean => {
  try {
    lock.exec('pragma busy_timeout = 0; begin exclusive');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return false;
    throw error;
  }
};
