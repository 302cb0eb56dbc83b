/** The database to work on: the one that was named, or one of our own in the data folder. Migrated before anyone uses it. */
import type { Config } from './config.ts';
import type { Log } from './runtime/ports.ts';
import { startEmbeddedPostgres } from './store/embedded-postgres.ts';
import { migrate } from './store/migrate.ts';

export const openDatabase = async ({ databaseUrl, dataDir, postgresSettings }: Config, log: Log) => {
  const embedded =
    databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir, log, settings: postgresSettings }) : null;
  const url = databaseUrl ?? embedded!.url;
  try {
    await migrate(url, log);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
  return {
    url,
    /** It was already running, perhaps for a server that still uses it. */
    isAdopted: embedded?.adopted ?? false,
    /** The embedded one is stopped last of all; one that was given to us is left alone. */
    close: async () => embedded?.stop(),
  };
};
