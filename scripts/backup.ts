/** `npm run backup -- <folder>` copies the embedded database beside the running server; `npm run restore -- <folder>` puts a copy into an empty DATA_DIR. */
import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { loadConfig } from '../src/config.ts';
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.ts';
import { restoreBackup } from './backup/restore.ts';
import { takeBackup } from './backup/take.ts';

const [what, folder, archive] = process.argv.slice(2);
if (existsSync('.env')) loadEnvFile('.env');
const { dataDir, databaseUrl, postgresSettings } = loadConfig(process.env);
const silent = { info: () => {}, warn: () => {}, error: () => {} };

if (folder === undefined || (what !== 'take' && what !== 'restore')) {
  console.error('Usage: npm run backup -- <folder>    npm run restore -- <folder> [folder of archived WAL]');
  process.exitCode = 2;
} else if (databaseUrl !== undefined) {
  console.error('DATABASE_URL is set: that Postgres has tools of its own, see docs/operations.md.');
  process.exitCode = 1;
} else if (what === 'take') {
  // Running already, or started for this.
  const postgres = await startEmbeddedPostgres({ dataDir, log: silent, settings: postgresSettings });
  try {
    const { bytes, ms, until } = await takeBackup(postgres.url, dataDir, folder);
    console.log(`${folder} holds ${(bytes / 1e6).toFixed(1)} MB, up to ${until}, taken in ${ms} ms.`);
  } finally {
    if (!postgres.adopted) await postgres.stop();
  }
} else {
  await restoreBackup(folder, dataDir, { archive });
  console.log(`${dataDir} holds the database of ${folder}: start the server.`);
}
