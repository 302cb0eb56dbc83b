/**
 * The only source of time and of order: events happen one after another, each with everything that its promises set off,
 * and the clock stands still meanwhile. The same seed gives the same order.
 */
import type { Cancel } from '../../src/runtime/ports.ts';
import type { Chance } from './chance.ts';
import { createEventHeap, type ScheduledEvent } from './event-heap.ts';

export interface Scheduler {
  /** Milliseconds since the start; never goes back. */
  readonly now: number;
  /** Events that have happened. */
  readonly steps: number;
  after(ms: number, run: () => void): Cancel;
  every(ms: number, run: () => void): Cancel;
  /** Like `after`, for what nobody will cancel. */
  post(ms: number, run: () => void): void;
  /** Lets time pass. Rejects with what an event throws, or with a rejection that nobody handles: both are defects. */
  run(untilMs: number, stopWhen?: () => boolean): Promise<void>;
}

/**
 * Between two immediates Node drains microtasks, ticks and unhandled rejections completely. Many are queued at once because
 * a turn of the event loop, with its system call, costs more than all that.
 */
const immediatesAtOnce = 64;

export const createScheduler = (chance: Chance): Scheduler => {
  const ties = chance.fork('scheduler');
  const heap = createEventHeap();
  let now = 0;
  let steps = 0;
  let isRunning = false;

  const add = (ms: number, run: () => void): ScheduledEvent => {
    // Not a number, too, is now: it must not get into the heap's order.
    const event: ScheduledEvent = { at: ms > 0 ? now + ms : now, tie: ties.next(), run };
    heap.push(event);
    return event;
  };

  const happen = (event: ScheduledEvent) => {
    const run = event.run!;
    event.run = null;
    now = event.at;
    steps++;
    run();
  };

  return {
    get now() {
      return now;
    },
    get steps() {
      return steps;
    },
    post(ms, run) {
      add(ms, run);
    },
    after(ms, run) {
      const event = add(ms, run);
      return () => heap.cancel(event);
    },
    every(ms, run) {
      if (!(ms > 0)) throw new Error(`Every ${ms} ms is for ever at once.`);
      const again = () => {
        event = add(ms, again);
        run();
      };
      let event = add(ms, again);
      return () => heap.cancel(event);
    },
    async run(untilMs, stopWhen) {
      if (isRunning) throw new Error('The scheduler is running already.');
      isRunning = true;
      const ended = Promise.withResolvers<void>();
      let isOver = false;
      let queued = 0;
      const step = () => {
        queued--;
        if (isOver) return;
        try {
          if (stopWhen?.()) return end(now);
          const event = heap.popUntil(untilMs);
          if (!event) return end(untilMs);
          happen(event);
        } catch (error) {
          fail(error);
        }
        if (queued === 0) queue();
      };
      const queue = () => {
        for (; queued < immediatesAtOnce && !isOver; queued++) setImmediate(step);
      };
      const end = (at: number) => {
        isOver = true;
        now = Math.max(now, at);
        ended.resolve();
      };
      const fail = (error: unknown) => {
        isOver = true;
        ended.reject(error);
      };
      process.on('unhandledRejection', fail);
      queue();
      try {
        await ended.promise;
      } finally {
        isRunning = false;
        process.off('unhandledRejection', fail);
      }
    },
  };
};
