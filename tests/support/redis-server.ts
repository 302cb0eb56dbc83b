/** Where redis-server is; installed from Debian where it is missing and we may. Without it the tests of many nodes are skipped, loudly. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const installMsMax = 300_000;

export interface Found {
  readonly path: string | null;
  /** Why there is none, for `test(…, { skip })`; false if there is one. */
  readonly missing: string | false;
}

/** Installs at most once in a run: the stage asks before its files do. */
export const findRedis = (): Found => {
  const there = () =>
    (process.env['PATH'] ?? '')
      .split(delimiter)
      .map((folder) => join(folder, 'redis-server'))
      .find(existsSync);
  const path = there() ?? (install() ? there() : undefined);
  return path === undefined
    ? { path: null, missing: 'no redis-server on the PATH, and it could not be installed' }
    : { path, missing: false };
};

const install = (): boolean => {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.log('Installing redis-server for the tests of many nodes …');
  const aptGet = (...args: string[]) =>
    spawnSync('/usr/bin/apt-get', ['-qq', ...args], {
      // Its package would start a Redis of its own on the well-known port.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: installMsMax,
    }).status === 0;
  return aptGet('update') && aptGet('install', '-y', '--no-install-recommends', 'redis-server');
};
