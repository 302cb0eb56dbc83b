/** Lets a few do something at once, a bounded number wait, and turns the rest away. */

export interface Semaphore {
  /** Null: too many are waiting already; `work` was not begun. */
  run<T>(work: () => Promise<T>): Promise<T | null>;
}

export const createSemaphore = (atOnceMax: number, waitingMax: number): Semaphore => {
  const waiting: (() => void)[] = [];
  let running = 0;

  return {
    async run(work) {
      if (running >= atOnceMax) {
        if (waiting.length >= waitingMax) return null;
        // Whoever finishes hands its place over, so `running` stays as it is and nobody can slip in between.
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else running += 1;
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
};
