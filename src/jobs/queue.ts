/** Runs what the rooms' statements enqueued (graphile-worker). A job that throws is tried again with growing pauses. */
import { Logger, run, type TaskList } from 'graphile-worker';
import pg from 'pg';
import type { Log } from '../runtime/ports.ts';

interface Options {
  readonly databaseUrl: string;
  readonly concurrency: number;
  readonly tasks: TaskList;
  readonly log: Log;
}

export const startQueue = async ({ databaseUrl, concurrency, tasks, log }: Options) => {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'claimroom jobs',
    max: concurrency + 1,
    connectionTimeoutMillis: 5_000,
  });
  const lost = (error: Error) => log.warn({ error: error.message }, 'a job connection was lost');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  const logger = new Logger(() => (level, message) => {
    if (level === 'error') log.error({}, `jobs: ${message}`);
    else if (level === 'warning') log.warn({}, `jobs: ${message}`);
  });
  const runner = await run({
    pgPool: pool,
    concurrency,
    taskList: tasks,
    noHandleSignals: true,
    logger,
    pollInterval: 1_000,
    noPreparedStatements: false,
  });
  runner.promise.catch((error: unknown) => log.error({ error: String(error) }, 'the job runner stopped'));
  return {
    async stop() {
      await runner
        .stop()
        .catch((error: unknown) => log.warn({ error: String(error) }, 'the job runner did not stop cleanly'));
      await pool.end();
    },
  };
};
