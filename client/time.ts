/** Waiting and chance, handed to everything but the real connection: so the client can be run through years in a minute. */

export interface Time {
  /** Returns how to call it off. */
  after(ms: number, run: () => void): () => void;
  /** From 0 up to, but not, 1. */
  random(): number;
  /** Milliseconds that never jump, for measuring. */
  now(): number;
}

export const systemTime: Time = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  now: () => performance.now(),
};
