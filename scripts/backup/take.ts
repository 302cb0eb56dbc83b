/** A copy of a running embedded Postgres that can be started elsewhere: its files between pg_backup_start and pg_backup_stop, and the WAL written meanwhile. */
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { copyTree, writeBeside } from './copy-tree.ts';

export interface Taken {
  readonly bytes: number;
  readonly ms: number;
  /** What is in it ends here. */
  readonly until: string;
}

/** Of these only the folders are needed, of others nothing: they belong to the running process. */
const emptied = /^(?:pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/./;
const left = /^postmaster\.(?:pid|opts)$|(?:^|\/)pgsql_tmp/;

/** `dataDir` is the server's DATA_DIR; `into` must not exist yet. */
export const takeBackup = async (url: string, dataDir: string, into: string): Promise<Taken> => {
  const since = performance.now();
  const from = join(dataDir, 'postgres');
  await mkdir(into, { mode: 0o711 });
  // Its session must last from start to stop.
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`select pg_backup_start('claimroom', true)`);
    const wanted = (path: string) => !emptied.test(path) && !left.test(path);
    let bytes = await copyTree(from, join(into, 'postgres'), wanted);
    // The WAL is copied below, so there is no archive to wait for.
    const stopped = await client.query<{ lsn: string; labelfile: string; spcmapfile: string }>(
      'select lsn::text, labelfile, spcmapfile from pg_backup_stop(false)',
    );
    const { lsn, labelfile, spcmapfile } = stopped.rows[0]!;
    bytes += await copyTree(join(from, 'pg_wal'), join(into, 'postgres', 'pg_wal'), (path) => !path.includes('/'));
    await writeBeside(join(into, 'postgres', 'backup_label'), labelfile);
    if (spcmapfile !== '') await writeBeside(join(into, 'postgres', 'tablespace_map'), spcmapfile);
    await copyFile(join(dataDir, 'postgres.password'), join(into, 'postgres.password'));
    return { bytes, ms: Math.round(performance.now() - since), until: lsn };
  } finally {
    await client.end();
  }
};
