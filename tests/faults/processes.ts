/** What the operating system knows of processes that are not our children. `ps` is not everywhere, nor is /proc. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** `T` is stopped. */
  readonly state: string;
}

export const isStopped = (pid: number): boolean => processes().some((one) => one.pid === pid && one.state === 'T');

export const childrenOf = (pid: number): number[] =>
  processes()
    .filter(({ parent }) => parent === pid)
    .map((child) => child.pid);

const processes = (): Process[] => (process.platform === 'linux' ? fromProc() : fromPs());

const fromProc = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        // pid (name) state parent …, and the name may hold anything.
        const [, state = '', parent] = /.*\) (\S) (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
        return [{ pid: Number(pid), parent: Number(parent), state }];
      } catch {
        // Gone since the list was read.
        return [];
      }
    });

const fromPs = () =>
  spawnSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' })
    .stdout.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, state = '']) => ({ pid: Number(pid), parent: Number(parent), state: state.slice(0, 1) }));
