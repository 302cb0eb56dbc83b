/**
 * What a killed process was working on stays locked for four hours otherwise, and with it everything else of its queue. Each
 * worker that lives is vouched for by a lock on one connection of its process, which Postgres lets go of when the process is
 * gone; so whose lock nobody holds is dead, whoever asks, however many nodes there are. A job that did run twice sends the
 * same command id twice.
 */
import { EventEmitter } from 'node:events';
import type { WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import type { Cancel, Log, Timers } from '../runtime/ports.ts';

interface Options {
  readonly databaseUrl: string;
  readonly timers: Timers;
  readonly log: Log;
}

const lookEveryMs = 2_000;
const againMs = 500;
/** A connection that is gone without a word is missed by Postgres after about ten seconds. */
const keepAlive = 'set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3';
const vouch = `select pg_advisory_lock_shared(hashtext('claimroom jobs'), hashtext(worker)) from unnest($1::text[]) worker`;
/** For a second after taking a job its worker may not be vouched for yet. */
const unlockTheDead = `
  with locked as (
    select locked_by, max(locked_at) as at
      from (select locked_by, locked_at from graphile_worker._private_jobs
             union all select locked_by, locked_at from graphile_worker._private_job_queues) l
     where locked_by is not null group by locked_by),
  dead as (
    select locked_by from locked
     where at < now() - interval '1 second'
       and not exists (select from pg_locks
                        where locktype = 'advisory' and objsubid = 2
                          and database = (select oid from pg_database where datname = current_database())
                          and classid::bigint = hashtext('claimroom jobs')::bigint & 4294967295
                          and objid::bigint = hashtext(locked_by)::bigint & 4294967295))
  select coalesce(array_agg(locked_by), '{}') as workers from dead`;

export const watchForDeadWorkers = ({ databaseUrl, timers, log }: Options) => {
  const events = new EventEmitter() as WorkerEvents;
  const living = new Set<string>();
  let client: pg.Client | null = null;
  let isStopping = false;
  let isLooking = false;
  /** Since how many looks everybody has had time to come back, after a database that was away. */
  let looks = 0;

  /** One after the other, as a connection wants it. */
  let asking: Promise<unknown> = Promise.resolve();
  const ask = <Row extends pg.QueryResultRow>(at: pg.Client, text: string, values: readonly unknown[] = []) => {
    const answer = asking.then(() => at.query<Row>(text, [...values]));
    asking = answer.catch(() => undefined);
    return answer;
  };

  const open = async () => {
    const opening = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'claimroom jobs alive',
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    opening.on('error', () => lost(opening));
    opening.on('end', () => lost(opening));
    client = opening;
    looks = 0;
    try {
      await opening.connect();
      await ask(opening, keepAlive);
      await ask(opening, vouch, [[...living]]);
    } catch (error) {
      log.warn({ error: String(error) }, 'the workers of this node are not vouched for');
      lost(opening);
    }
  };
  const lost = (gone: pg.Client) => {
    if (client !== gone) return;
    client = null;
    void gone.end().catch(() => undefined);
    if (!isStopping) timers.after(againMs, () => void open());
  };
  events.on('worker:create', ({ worker }) => {
    living.add(worker.workerId);
    if (client) ask(client, vouch, [[worker.workerId]]).catch(() => undefined);
  });
  events.on('worker:stop', ({ worker }) => living.delete(worker.workerId));

  const look = async (isFirst = false) => {
    const asked = client;
    if (!asked || isLooking || (!isFirst && looks++ === 0)) return;
    isLooking = true;
    try {
      const [dead] = (await ask<{ workers: string[] }>(asked, unlockTheDead)).rows;
      if (!dead || dead.workers.length === 0) return;
      log.info({ workers: dead.workers.length }, 'jobs of a process that is gone are taken over');
      await ask(asked, 'select graphile_worker.force_unlock_workers($1::text[])', [dead.workers]);
    } catch (error) {
      log.warn({ error: String(error) }, 'it could not be asked which workers are gone');
    } finally {
      isLooking = false;
    }
  };

  let stopLooking: Cancel = () => {};
  return {
    /** For the runner: how it is learned which workers there are. */
    events,
    async start() {
      await open();
      await look(true);
      stopLooking = timers.every(lookEveryMs, () => void look());
    },
    async stop() {
      isStopping = true;
      stopLooking();
      await client?.end().catch(() => undefined);
    },
  };
};
