/** Where Chromium is; installed from Debian where it is missing and we may. Without it the tests of the page are skipped, loudly. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const installMsMax = 300_000;

export interface Chromium {
  readonly path: string | null;
  /** Why there is none, for `test(…, { skip })`; false if there is one. */
  readonly missing: string | false;
}

/** Installs at most once in a run: the stage asks before its files do. */
export const findChromium = (): Chromium => {
  const there = () => [process.env['CHROMIUM_PATH'] ?? '', ...places].find((path) => path !== '' && existsSync(path));
  const path = there() ?? (install() ? there() : undefined);
  return path === undefined
    ? {
        path: null,
        missing: `no Chromium: not at ${places.join(', ')} nor CHROMIUM_PATH, and it could not be installed`,
      }
    : { path, missing: false };
};

const install = (): boolean => {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.log('Installing Chromium for the tests of the page …');
  const aptGet = (...args: string[]) =>
    spawnSync('/usr/bin/apt-get', ['-qq', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: installMsMax,
    }).status === 0;
  return aptGet('update') && aptGet('install', '-y', '--no-install-recommends', 'chromium');
};
