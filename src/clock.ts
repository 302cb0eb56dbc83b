/** The real clock and timers, for the runtime. */
import { performance } from 'node:perf_hooks';
import type { Clock, Timers } from './runtime/ports.ts';

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** Timers do not keep the process alive: a server lives by its sockets. */
export const systemTimers: Timers = {
  soon: (run) => void setImmediate(run),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
  every(ms, run) {
    const timer = setInterval(run, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};
