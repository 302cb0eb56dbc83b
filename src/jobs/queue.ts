/** Runs what the rooms' statements enqueued (graphile-worker). A job that throws is tried again with growing pauses. */
import { setTimeout as sleep } from 'node:timers/promises';
import { countJobs } from './job-counts.ts';
import { Logger, type Runner, run, type TaskList } from 'graphile-worker';
import type { Log, Timers } from '../runtime/ports.ts';
import { watchForDeadWorkers } from './dead-workers.ts';
import { createPatientPool } from './patient-pool.ts';

interface Options {
  readonly databaseUrl: string;
  readonly concurrency: number;
  readonly tasks: TaskList;
  readonly timers: Timers;
  readonly log: Log;
}

const restartMs = 1_000;
const stopMaxMs = 5_000;
export const startQueue = async ({ databaseUrl, concurrency, tasks, timers, log }: Options) => {
  const poolOptions = {
    connectionString: databaseUrl,
    application_name: 'claimroom jobs',
    max: concurrency + 1,
    connectionTimeoutMillis: 5_000,
  };
  const pool = createPatientPool(poolOptions, (error) =>
    log.warn({ error: error.message }, 'a job connection was lost'),
  );
  const logger = new Logger(() => (level, message) => {
    if (level === 'error') log.error({}, `jobs: ${message}`);
    else if (level === 'warning') log.warn({}, `jobs: ${message}`);
  });
  const alive = watchForDeadWorkers({ databaseUrl, timers, log });
  let runner: Runner | null = null;
  let isStopping = false;

  const start = async () => {
    runner = await run({
      pgPool: pool,
      concurrency,
      taskList: tasks,
      noHandleSignals: true,
      logger,
      events: alive.events,
      pollInterval: 1_000,
    });
    runner.promise.then(again, again);
  };
  /** It ends by itself only when something went wrong; the jobs are still there. */
  const again = (error: unknown) => {
    runner = null;
    if (isStopping) return;
    log.error({ error: String(error) }, 'the job runner ended; starting it again');
    timers.after(restartMs, () => {
      if (!isStopping) start().catch(again);
    });
  };
  await alive.start();
  await start();

  return {
    /** How the queue stands: everyone's jobs, not only this node's. */
    count: () => countJobs(pool),
    async stop() {
      isStopping = true;
      const stopping = (async () => {
        await runner?.stop();
        // It does not wait until the database knows that its last jobs are done.
        do await sleep(20);
        while (pool.idleCount < pool.totalCount || pool.waitingCount > 0);
        await pool.end();
        await alive.stop();
      })().catch((error: unknown) => log.warn({ error: String(error) }, 'the jobs did not stop cleanly'));
      // With the database away the runner goes on trying; what it holds is taken over at the next start.
      await Promise.race([stopping, new Promise<void>((resolve) => timers.after(stopMaxMs, resolve))]);
    },
  };
};
