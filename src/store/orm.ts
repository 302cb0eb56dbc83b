/** MikroORM: entities, migrations, snapshots, lists and logins. The journal does not pass through here; it has a connection of its own. */
import { fileURLToPath } from 'node:url';
import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, MikroORM } from '@mikro-orm/postgresql';
import type { Log } from '../runtime/ports.ts';
import { entities } from './entities.ts';

export interface OrmOptions {
  readonly poolMax: number;
  readonly log: Log;
  /** How long one query may take; 0 means for ever, which only migrations need. */
  readonly queryTimeoutMs?: number;
}

export const createOrm = (databaseUrl: string, { poolMax, log, queryTimeoutMs = 10_000 }: OrmOptions) =>
  MikroORM.init(
    defineConfig({
      clientUrl: databaseUrl,
      entities,
      extensions: [Migrator],
      pool: { min: 0, max: poolMax },
      // The whole address again: MikroORM reads only host, user and name from it, and would drop the role and TLS options.
      driverOptions: {
        connectionString: databaseUrl,
        application_name: 'claimroom',
        connectionTimeoutMillis: 5_000,
        ...(queryTimeoutMs > 0 && {
          statement_timeout: queryTimeoutMs,
          query_timeout: queryTimeoutMs + 1_000,
          idle_in_transaction_session_timeout: queryTimeoutMs,
        }),
      },
      forceUtcTimezone: true,
      colors: false,
      logger: (message) => log.warn({}, message),
      // Otherwise a schema comparison would try to drop the job queue's own tables.
      schemaGenerator: { ignoreSchema: ['graphile_worker'] },
      migrations: {
        path: fileURLToPath(new URL('../../migrations', import.meta.url)),
        snapshot: false,
        silent: true,
        // Would need a superuser, which managed databases do not give.
        disableForeignKeys: false,
      },
    }),
  );
export type Orm = Awaited<ReturnType<typeof createOrm>>;
/** What one piece of work reads and writes through; in a transaction, the one it is given. */
export type EntityManager = ReturnType<Orm['em']['fork']>;
