/** Programs that tests start but npm does not bring: looked for, and installed from Debian where we may. Without one its tests are skipped, loudly. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Program {
  readonly path: string | null;
  /** Why there is none, for `test(…, { skip })`; false if there is one. */
  readonly missing: string | false;
}

/** By name, the Debian package that brings it. */
export const packages = {
  haproxy: 'haproxy',
  ip: 'iproute2',
  promtool: 'prometheus',
  'redis-server': 'redis-server',
  'redis-sentinel': 'redis-sentinel',
  tc: 'iproute2',
} as const;
export type ProgramName = keyof typeof packages;

const installMsMax = 300_000;
// Daemons live where not everybody's PATH leads.
const folders = () => [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

/** Installs at most once in a run: the stage asks before its files do. */
export const findProgram = (name: ProgramName): Program => {
  const there = () =>
    folders()
      .map((folder) => join(folder, name))
      .find((path) => existsSync(path));
  const path = there() ?? (installPackage(packages[name]) ? there() : undefined);
  return path === undefined
    ? { path: null, missing: `no ${name}: not in the PATH, and it could not be installed` }
    : { path, missing: false };
};

let isUpdated = false;

export const installPackage = (name: string): boolean => {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.log(`Installing ${name} for the tests …`);
  const aptGet = (...args: string[]) =>
    spawnSync('/usr/bin/apt-get', ['-qq', ...args], {
      // Nothing is started by being installed: tests start their own, on ports of their own.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: installMsMax,
    }).status === 0;
  isUpdated ||= aptGet('update');
  return isUpdated && aptGet('install', '-y', '--no-install-recommends', name);
};
