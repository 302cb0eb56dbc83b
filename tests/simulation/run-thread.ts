/** One thread of many runs: a seed comes in, its outcome goes out. */
import { parentPort } from 'node:worker_threads';
import type { Done } from './runs.ts';
import { simulate } from './simulate.ts';

parentPort!.on('message', async (seed: number) => {
  let done: Done;
  try {
    done = { seed, outcome: await simulate(seed) };
  } catch (error) {
    done = { seed, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort!.postMessage(done);
});
