/** Jobs outlive what runs them: a killed process, and a database that goes away in the middle. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import pg from 'pg';
import { systemTimers as timers } from '../../src/clock.ts';
import { startQueue } from '../../src/jobs/queue.ts';
import { createMetrics } from '../../src/metrics.ts';
import { appUrl } from '../../src/store/app-url.ts';
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';
import { migrate } from '../../src/store/migrate.ts';
import { newDataDir } from '../support/embedded.ts';
import { newDatabase } from '../support/postgres.ts';
import { silentLog as log } from '../support/silent-log.ts';

const add = async (url: string, n: number, queue: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`select graphile_worker.add_job('note', json_build_object('n', $1::int), $2)`, [n, queue]);
  await client.end();
};
const until = async (isDone: () => boolean, what: string) => {
  for (const end = Date.now() + 20_000; !isDone(); await new Promise((resolve) => setTimeout(resolve, 20)))
    assert.ok(Date.now() < end, `waited in vain for ${what}`);
};
const unhandled = (t: TestContext) => {
  const errors: unknown[] = [];
  const keep = (error: unknown) => void errors.push(error);
  process.on('unhandledRejection', keep);
  t.after(() => void process.off('unhandledRejection', keep));
  return errors;
};
type Task = (payload: unknown) => Promise<void>;

test('what a dead process had begun, and all that waits behind it, is taken over by whoever lives', async (t) => {
  const url = appUrl(await newDatabase(t));
  const ran: unknown[] = [];
  const keep: Task = async (payload) => void ran.push(payload);
  const alive = await startQueue({ databaseUrl: url, concurrency: 1, tasks: { note: keep }, timers, log });
  t.after(alive.stop);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // As a killed process leaves it: begun, with its queue locked, and nobody there.
  await client.query(`begin; select graphile_worker.add_job('note', json_build_object('n', n), 'claim/1', now() - interval '1 hour' + n * interval '1 second')
      from generate_series(1, 2) n;
    update graphile_worker._private_jobs set locked_by = 'worker-gone', locked_at = now() where payload->>'n' = '1';
    update graphile_worker._private_job_queues set locked_by = 'worker-gone', locked_at = now(); commit`);
  await client.end();
  await until(() => ran.length === 2, 'both jobs');
  assert.deepEqual(ran, [{ n: 1 }, { n: 2 }]);
});

test('what another node is working on is left to it, however long it takes', async (t) => {
  const url = appUrl(await newDatabase(t));
  const begun: string[] = [];
  const { promise: ending, resolve: release } = Promise.withResolvers<void>();
  const task =
    (node: string): Task =>
    async (payload) => {
      begun.push(`${node} ${JSON.stringify(payload)}`);
      await ending;
    };
  const one = await startQueue({ databaseUrl: url, concurrency: 1, tasks: { note: task('one') }, timers, log });
  await add(url, 1, 'claim/1');
  await until(() => begun.length === 1, 'the first job');
  const two = await startQueue({ databaseUrl: url, concurrency: 1, tasks: { note: task('two') }, timers, log });
  await add(url, 2, 'claim/1');
  await add(url, 3, 'claim/2');
  await until(() => begun.length === 2, 'the job of another queue');
  // Two looks of either.
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  assert.deepEqual(begun, ['one {"n":1}', 'two {"n":3}']);
  release();
  await until(() => begun.length === 3, 'the one behind it');
  await Promise.all([one.stop(), two.stop()]);
});

test('a database that goes away while a job ends takes nothing with it', async (t) => {
  const errors = unhandled(t);
  const dataDir = newDataDir(t);
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  await migrate(postgres.url);
  const url = appUrl(postgres.url);
  const ran: unknown[] = [];
  let isAway = false;
  const note: Task = async (payload) => {
    ran.push(payload);
    if (ran.length === 1) await until(() => isAway, 'the outage');
  };
  const queue = await startQueue({ databaseUrl: url, concurrency: 2, tasks: { note }, timers, log });
  await add(url, 1, 'claim/1');
  await until(() => ran.length === 1, 'the first job');
  await postgres.stop();
  isAway = true;
  await startEmbeddedPostgres({ dataDir, log, port: Number(new URL(url).port) });
  await add(url, 2, 'claim/2');
  await until(() => ran.length >= 2, 'a job after the outage');
  await queue.stop();
  assert.deepEqual(errors, []);
});

test('stopping while a job ends leaves neither a lock nor an error behind', async (t) => {
  const errors = unhandled(t);
  const url = appUrl(await newDatabase(t));
  for (let n = 0; n < 5; n++) {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const note: Task = async () => {
      begin();
      await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const queue = await startQueue({ databaseUrl: url, concurrency: 1, tasks: { note }, timers, log });
    await add(url, n, 'claim/1');
    await begun;
    await queue.stop();
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    'select locked_by from graphile_worker._private_job_queues where locked_by is not null',
  );
  await client.end();
  assert.deepEqual([rows, errors], [[], []]);
});

test('whoever watches sees how many jobs wait, fail and were given up, and since when the oldest is due', async (t) => {
  const url = appUrl(await newDatabase(t));
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  let runs = 0;
  const task: Task = async (payload) => {
    if ((payload as { n: number }).n === 1) throw new Error('not today');
    runs++;
    await held;
  };
  const queue = await startQueue({ databaseUrl: url, concurrency: 1, tasks: { note: task }, timers, log });
  t.after(() => queue.stop());
  await add(url, 1, 'claim/1');
  let counts = await queue.count();
  for (const end = Date.now() + 10_000; counts.failing < 1 && Date.now() < end; counts = await queue.count());
  await add(url, 2, 'claim/2');
  await until(() => runs === 1, 'the second job');
  await add(url, 3, 'claim/3');
  await new Promise((resolve) => setTimeout(resolve, 1_100));

  const metrics = createMetrics();
  metrics.watchJobs(queue.count);
  const read = async (name: string) =>
    Number(
      (await metrics.text())
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1],
    );
  assert.equal(await read('claimroom_jobs{state="running"}'), 1);
  assert.equal(await read('claimroom_jobs{state="failing"}'), 1);
  assert.ok((await read('claimroom_jobs{state="waiting"}')) >= 1);
  assert.ok((await read('claimroom_jobs_oldest_seconds')) >= 1);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('update graphile_worker._private_jobs set attempts = max_attempts where last_error is not null');
  await client.end();
  assert.equal(await read('claimroom_jobs{state="given_up"}'), 1);
  assert.equal(await read('claimroom_jobs{state="failing"}'), 0);
  release();
});

test('a scrape is answered while the database is away', async () => {
  const metrics = createMetrics();
  metrics.watchJobs(() => Promise.reject(new Error('away')));
  assert.match(await metrics.text(), /^claimroom_jobs_oldest_seconds Nan$/im);
  const slow = createMetrics();
  slow.watchJobs(() => new Promise(() => {}));
  assert.match(await slow.text(), /^claimroom_jobs_oldest_seconds Nan$/im);
});
