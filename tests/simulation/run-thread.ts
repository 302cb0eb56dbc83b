/** One thread of many runs: a seed comes in, its outcome goes out. */
import { parentPort } from 'node:worker_threads';
import type { Done } from './runs.ts';
import { simulate } from './simulate.ts';

const run = async (seed: number): Promise<Done> => {
  try {
    return { seed, outcome: await simulate(seed) };
  } catch (error) {
    return { seed, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};
parentPort!.on('message', (seed: number) => void run(seed).then((done) => parentPort!.postMessage(done)));
