/** Calls when each is due, at a steady rate with a random moment for each, and never waits for the one before. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from './random.ts';

interface OpenLoop {
  readonly count: number;
  readonly rate: number;
  readonly seed: number;
}

/** Answers, for each, the milliseconds from when it was due until it was done; null where it failed. */
export const openLoop = async (
  { count, rate, seed }: OpenLoop,
  act: (n: number) => Promise<boolean>,
): Promise<readonly (number | null)[]> => {
  const random = createRandom(seed);
  const startedAt = performance.now();
  const under = Array.from<Promise<number | null>>({ length: count });
  for (let n = 0; n < count; n++) {
    const dueAt = startedAt + ((n + random()) / rate) * 1_000;
    const early = dueAt - performance.now();
    if (early > 0) await sleep(early);
    under[n] = act(n).then(
      (ok) => (ok ? performance.now() - dueAt : null),
      () => null,
    );
  }
  return Promise.all(under);
};
