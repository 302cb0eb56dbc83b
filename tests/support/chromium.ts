/** Where Chromium is; installed from Debian where it is missing and we may. Without it the tests of the page are skipped, loudly. */
import { existsSync } from 'node:fs';
import { installPackage, type Program } from './programs.ts';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Installs at most once in a run: the stage asks before its files do. */
export const findChromium = (): Program => {
  const there = () => [process.env['CHROMIUM_PATH'] ?? '', ...places].find((path) => path !== '' && existsSync(path));
  const path = there() ?? (installPackage('chromium') ? there() : undefined);
  return path === undefined
    ? {
        path: null,
        missing: `no Chromium: not at ${places.join(', ')} nor CHROMIUM_PATH, and it could not be installed`,
      }
    : { path, missing: false };
};
