/** The cluster on disk: made once, completely or not at all, with a password of its own. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { Log } from '../../runtime/ports.ts';
import type { Binaries } from './binaries.ts';
import { postgresEnvironment } from './environment.ts';
import type { RunAs } from './run-as.ts';

export const superuser = 'claimroom';

export interface Cluster {
  readonly dataDir: string;
  readonly clusterDir: string;
  readonly passwordFile: string;
}

const unfinished = 'postgres.init-';

/** Answers the password of the superuser. */
export const ensureCluster = async (cluster: Cluster, binaries: Binaries, runAs: RunAs, log: Log): Promise<string> => {
  const { clusterDir, passwordFile } = cluster;
  if (existsSync(join(clusterDir, 'PG_VERSION'))) {
    const password = await readPassword(passwordFile);
    if (!password)
      throw new Error(`The database in ${clusterDir} cannot be opened: its password in ${passwordFile} is gone.`);
    return password;
  }
  if (existsSync(clusterDir) && readdirSync(clusterDir).length > 0)
    throw new Error(
      `${clusterDir} is not empty, but holds no Postgres cluster: move it away or choose another DATA_DIR.`,
    );

  const password = (await readPassword(passwordFile)) ?? (await makePassword(passwordFile));
  await removeUnfinished(cluster.dataDir);
  log.info({ clusterDir }, 'Making a new database');
  // In a folder beside it, renamed when complete: a start killed half-way leaves nothing that looks like a cluster.
  const work = await mkdtemp(join(cluster.dataDir, unfinished));
  await init(work, password, binaries, runAs);
  await rename(join(work, 'cluster'), clusterDir);
  await syncFolder(cluster.dataDir);
  await rm(work, { recursive: true, force: true });
  return password;
};

const init = async (work: string, password: string, { initdb }: Binaries, runAs: RunAs) => {
  const pwfile = join(work, 'password');
  await writeFile(pwfile, `${password}\n`, { mode: 0o600 });
  if (runAs.account) for (const path of [work, pwfile]) await chown(path, runAs.account.uid, runAs.account.gid);
  const [file, args] = runAs.command(initdb, [
    `--pgdata=${join(work, 'cluster')}`,
    `--username=${superuser}`,
    `--pwfile=${pwfile}`,
    '--auth=scram-sha-256',
    // Said in full, because with LANG unset initdb would choose SQL_ASCII.
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
  ]);
  await new Promise<void>((resolve, reject) => {
    const child = spawn(file, args, {
      ...runAs.options,
      cwd: parse(work).root,
      env: postgresEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    });
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`initdb could not make the database: ${complaints.trim()}`)),
    );
  });
};

const readPassword = async (file: string): Promise<string | undefined> => {
  if (!existsSync(file)) return undefined;
  await chmod(file, 0o600);
  return (await readFile(file, 'utf8')).trim() || undefined;
};

const makePassword = async (file: string): Promise<string> => {
  const password = randomBytes(24).toString('hex');
  const written = await open(`${file}.new`, 'w', 0o600);
  await written.writeFile(`${password}\n`);
  await written.sync();
  await written.close();
  await rename(`${file}.new`, file);
  return password;
};

// An initdb whose parent was killed may still be writing into its own folder: then the next start removes the rest.
const removeUnfinished = async (dataDir: string) => {
  for (const name of await readdir(dataDir))
    if (name.startsWith(unfinished))
      await rm(join(dataDir, name), { recursive: true, force: true }).catch(() => undefined);
};

const syncFolder = async (folder: string) => {
  // Windows cannot open a folder, and needs no sync for a rename.
  if (process.platform === 'win32') return;
  const opened = await open(folder, 'r');
  await opened.sync();
  await opened.close();
};
