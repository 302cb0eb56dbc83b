/** Many runs on all cores, each thread taking the next seed when it is free. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Outcome } from './simulate.ts';

export interface Done {
  readonly seed: number;
  readonly outcome?: Outcome;
  /** A defect: an exception, or a rejection nobody handled. */
  readonly error?: string;
}
interface Options {
  readonly seeds: number;
  readonly from: number;
  readonly threads?: number;
  onDone(done: Done): void;
}

/** How many were red, or broke off. */
export const runSeeds = async ({ seeds, from, threads = availableParallelism(), onDone }: Options): Promise<number> => {
  const until = from + seeds;
  let next = from;
  let failed = 0;
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('run-thread.ts', import.meta.url));
      const give = () => {
        if (next < until) worker.postMessage(next++);
        else void worker.terminate();
      };
      worker.on('message', (done: Done) => {
        if (!done.outcome?.isGreen) failed++;
        onDone(done);
        give();
      });
      worker.on('error', reject);
      worker.on('exit', () => resolve());
      give();
    });
  await Promise.all(Array.from({ length: Math.min(threads, seeds) }, work));
  return failed;
};
