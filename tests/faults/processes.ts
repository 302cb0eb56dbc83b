/** What the operating system knows of processes that are not our children. */
import { spawnSync } from 'node:child_process';

const ps = (...args: string[]) => spawnSync('ps', args, { encoding: 'utf8' }).stdout.trim();

export const isStopped = (pid: number): boolean => ps('-o', 'stat=', '-p', String(pid)).startsWith('T');

export const childrenOf = (pid: number): number[] =>
  ps('-A', '-o', 'pid=,ppid=')
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child!);
