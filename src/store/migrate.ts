/** Brings a database up to date: our own tables, then the job queue's. Safe to call from every node at every start. */
import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import type { Log } from '../runtime/ports.ts';
import { appRole, appUrl } from './app-url.ts';
import { createOrm } from './orm.ts';

/** Any number, as long as nothing else in this database locks it. */
const migrationLock = 4_217_001;
const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** `databaseUrl` names the owner of the database; the application itself connects with `appUrl(databaseUrl)`. */
export const migrate = async (databaseUrl: string, log: Log = silent): Promise<void> => {
  const owner = new pg.Client({ connectionString: databaseUrl, application_name: 'claimroom migrate' });
  // The lock goes with the connection, and the next query then says so; without a listener the process would die instead.
  owner.on('error', (error) =>
    log.error({ reason: error.message }, 'lost the connection that holds the migration lock'),
  );
  await owner.connect();
  try {
    // A second node starting now waits here, and then finds nothing left to do.
    await owner.query(`set lock_timeout = '10min'`);
    await owner.query('select pg_advisory_lock($1)', [migrationLock]);
    await migrateTables(databaseUrl, log);
    await migrateJobs(owner, databaseUrl, log);
  } finally {
    await owner.end();
  }
};

const migrateTables = async (databaseUrl: string, log: Log) => {
  const orm = await createOrm(databaseUrl, { poolMax: 2, log, queryTimeoutMs: 0 });
  try {
    for (const { name } of await orm.migrator.up()) log.info({ migration: name }, 'migrated');
  } finally {
    await orm.close(true);
  }
};

/**
 * The queue's tables have row-level security without policies: only their owner sees rows. The application adds and runs
 * jobs as the restricted role, so that role must own them, and has to create the schema itself.
 */
const migrateJobs = async (owner: pg.Client, databaseUrl: string, log: Log) => {
  const { rows } = await owner.query<{ is_new: boolean; may_create: boolean; name: string }>(
    `select to_regclass('graphile_worker.migrations') is null as is_new, quote_ident(current_database()) as name,
            has_database_privilege($1, current_database(), 'create') as may_create`,
    [appRole],
  );
  const { is_new: isNew = true, may_create: mayCreate = false, name = '' } = rows[0] ?? {};
  const jobs = new pg.Pool({ connectionString: appUrl(databaseUrl), max: 2 });
  jobs.on('error', (error) => log.error({ reason: error.message }, 'lost a connection while migrating the job queue'));
  jobs.on('connect', (client) => client.on('error', () => {}));
  if (isNew) await owner.query(`grant create on database ${name} to ${appRole}`);
  try {
    await runMigrations({ pgPool: jobs, logger: queueLogger(log) });
    await checkJobs(jobs);
  } finally {
    await jobs.end();
    // Also when an earlier start died between the two.
    if (isNew || mayCreate) await owner.query(`revoke create on database ${name} from ${appRole}`);
  }
};

/** A queue made by another role would fail only when the first claim is reported; better to say so now. */
const checkJobs = async (jobs: pg.Pool) => {
  const client = await jobs.connect();
  try {
    await client.query('begin');
    await client.query(
      `select graphile_worker.add_jobs(array[json_populate_record(null::graphile_worker.job_spec, '{"identifier":"check"}')])`,
    );
  } catch (cause) {
    throw new Error(`The job queue (schema graphile_worker) is not usable by ${appRole}: it must own that schema.`, {
      cause,
    });
  } finally {
    await client.query('rollback');
    client.release();
  }
};

const queueLogger = (log: Log) =>
  new Logger(() => (level, message) => {
    if (level === 'error') log.error({}, message);
    else if (level === 'warning') log.warn({}, message);
  });
