/** How the job queue stands, asked of the database. */
import type { Pool } from 'pg';

export interface JobCounts {
  readonly waiting: number;
  readonly running: number;
  /** Failed at least once and will be tried again. */
  readonly failing: number;
  /** Failed as often as they may: a person must look. */
  readonly given_up: number;
  /** How long the job that should have run longest ago has been due, in seconds. */
  readonly oldest: number;
}
const counted = `
  select count(*) filter (where locked_at is null and attempts < max_attempts)::int as waiting,
    count(*) filter (where locked_at is not null)::int as running,
    count(*) filter (where last_error is not null and attempts < max_attempts)::int as failing,
    count(*) filter (where attempts >= max_attempts and locked_at is null)::int as given_up,
    coalesce(extract(epoch from now() - min(run_at) filter
      (where locked_at is null and attempts < max_attempts and run_at <= now())), 0)::float as oldest
  from graphile_worker._private_jobs`;

export const countJobs = async (pool: Pick<Pool, 'query'>): Promise<JobCounts> =>
  (await pool.query<JobCounts>(counted)).rows[0]!;
