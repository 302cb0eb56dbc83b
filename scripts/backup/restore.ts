/** Puts a backup where a server can start on it; Postgres does the rest at its first start: replays the WAL, from the archive too if there is one. */
import { existsSync } from 'node:fs';
import { appendFile, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { copyTree, writeBeside } from './copy-tree.ts';

interface Options {
  /** Where Postgres' archive_command has put finished WAL: then everything in it is replayed as well. */
  readonly archive?: string | undefined;
}

/** `dataDir` must not hold a database. */
export const restoreBackup = async (backup: string, dataDir: string, { archive }: Options = {}): Promise<void> => {
  const clusterDir = join(dataDir, 'postgres');
  if (existsSync(clusterDir)) throw new Error(`${clusterDir} is there already: restore into another folder.`);
  if (!existsSync(join(backup, 'postgres', 'backup_label')))
    throw new Error(`${backup} holds no finished backup: it has no backup_label.`);
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  await copyTree(join(backup, 'postgres'), clusterDir);
  await copyFile(join(backup, 'postgres.password'), join(dataDir, 'postgres.password'));
  if (archive === undefined) return;
  // Up to the end of the archive, then open for work on a new timeline.
  await writeBeside(join(clusterDir, 'recovery.signal'), '');
  await appendFile(join(clusterDir, 'postgresql.auto.conf'), `restore_command = 'cp "${archive}/%f" "%p"'\n`);
};
