/** One clock for a whole test: time moves only when the test says so, and timers fire in order on the way. */
import type { Cancel, Clock, Timers } from '../../src/runtime/ports.ts';

export const createFakeClock = (start = Date.parse('2026-01-01T09:00:00.000Z')) => {
  let elapsed = 0;
  let skew = 0;
  let order = 0;
  const timers = new Map<number, { at: number; every: number | null; run: () => void }>();

  const add = (ms: number, every: number | null, run: () => void): Cancel => {
    const id = ++order;
    timers.set(id, { at: elapsed + ms, every, run });
    return () => timers.delete(id);
  };
  const nextBy = (until: number) => {
    const due = [...timers].filter(([, { at }]) => at <= until);
    return due.sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
  };

  const clock: Clock = { now: () => start + elapsed + skew, monotonic: () => elapsed };
  const timersPort: Timers = {
    soon: (run) => queueMicrotask(run),
    after: (ms, run) => add(ms, null, run),
    every: (ms, run) => add(ms, ms, run),
  };
  return {
    clock,
    timers: timersPort,
    /** Wall time jumps, as when an administrator sets it; monotonic time does not. */
    jump(ms: number) {
      skew += ms;
    },
    async advance(ms: number) {
      const until = elapsed + ms;
      for (let next = nextBy(until); next; next = nextBy(until)) {
        const [id, timer] = next;
        elapsed = Math.max(elapsed, timer.at);
        if (timer.every === null) timers.delete(id);
        else timer.at += timer.every;
        timer.run();
        await settled();
      }
      elapsed = until;
      await settled();
    },
  };
};

/** Everything that waits only for promises has run. */
export const settled = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
