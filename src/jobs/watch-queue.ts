/** The job queue for Prometheus: how many wait, run, fail, were given up, and since when the oldest is due. */
import { Gauge, type Registry } from 'prom-client';
import type { JobCounts } from './job-counts.ts';

/** A scrape does not wait for a database that is away: better no figure than no answer. */
const answerMsMax = 1_000;
const states = ['waiting', 'running', 'failing', 'given_up'] as const;

export const watchQueue = (registry: Registry, count: () => Promise<JobCounts>) => {
  const registers = [registry];
  let asked: Promise<JobCounts | null> | null = null;
  /** Both figures of a scrape come from one question. */
  const ask = () => (asked ??= inTime(count()).finally(() => (asked = null)));
  new Gauge({
    name: 'claimroom_jobs',
    help: 'Background jobs of the whole installation by state; given_up have failed as often as they may.',
    labelNames: ['state'],
    registers,
    async collect() {
      const counts = await ask();
      this.reset();
      if (counts) for (const state of states) this.set({ state }, counts[state]);
    },
  });
  new Gauge({
    name: 'claimroom_jobs_oldest_seconds',
    help: 'Since when the oldest job is due that nobody has taken up.',
    registers,
    async collect() {
      this.set((await ask())?.oldest ?? Number.NaN);
    },
  });
};

const inTime = (counts: Promise<JobCounts>): Promise<JobCounts | null> =>
  Promise.race([
    counts.catch(() => null),
    new Promise<null>((resolve) => setTimeout(() => resolve(null), answerMsMax).unref()),
  ]);
