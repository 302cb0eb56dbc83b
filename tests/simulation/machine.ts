/**
 * One process on one computer. Everything that reaches the process goes through `enter`, and it sees no clock or timer but
 * its machine's, so it can be frozen, thawed and killed at any moment, as by SIGSTOP, SIGCONT and kill -9.
 */
import type { Cancel, Clock, Timers } from '../../src/runtime/ports.ts';
import type { Chance } from './chance.ts';
import type { Scheduler } from './scheduler.ts';

export interface Machine {
  readonly name: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly state: 'running' | 'frozen' | 'dead';
  /** Now if it is running; after the thaw, in order, if it is frozen; never if it is dead. */
  enter(run: () => void): void;
  freeze(): void;
  thaw(): void;
  /** Timers, what was kept, and every later entry are gone for good. */
  kill(): void;
  /** Wall time jumps, as when an administrator sets it. */
  jump(ms: number): void;
  /** What the operating system does for a process that ended: its connections are closed. */
  onKill(tell: () => void): void;
}

const start = Date.parse('2026-01-01T09:00:00.000Z');
/** One turn of its event loop takes at most this long. */
const turnMs = 0.05;

interface Timer {
  /** Null once it ran or was cancelled, which may be after it came due. */
  run: (() => void) | null;
}

export const createMachine = (name: string, scheduler: Scheduler, chance: Chance): Machine => {
  const turns = chance.fork(`machine ${name}`);
  let state: Machine['state'] = 'running';
  let skew = 0;
  /** What happened to a frozen process, or to one that has not caught up since its thaw. Timers go first, as in Node's loop. */
  let overdue: Timer[] = [];
  let kept: (() => void)[] = [];
  let isCatchingUp = false;
  let soon: (() => void)[] = [];
  let mourners: (() => void)[] = [];

  const isBehind = () => state !== 'running' || isCatchingUp;
  const catchUpSoon = () => {
    if (isCatchingUp || overdue.length + kept.length === 0) return;
    isCatchingUp = true;
    scheduler.post(turns.between(0, turnMs), catchUp);
  };
  const catchUp = () => {
    isCatchingUp = false;
    if (state !== 'running') return;
    const timer = overdue.shift();
    const run = timer ? timer.run : kept.shift();
    // Before it runs: what reaches the process meanwhile comes after the rest.
    catchUpSoon();
    if (timer) timer.run = null;
    run?.();
  };
  /** A timer is due: now, or as soon as the process can. */
  const due = (timer: Timer) => {
    if (state === 'dead') return;
    if (isBehind()) {
      overdue.push(timer);
      return;
    }
    const { run } = timer;
    timer.run = null;
    run?.();
  };
  const nextSoon = () => {
    const run = soon.shift();
    if (run) due({ run });
  };

  const after = (ms: number, run: () => void): Cancel => {
    if (state === 'dead') return nothing;
    const timer: Timer = { run };
    const cancel = scheduler.after(ms, () => due(timer));
    return () => {
      timer.run = null;
      cancel();
    };
  };
  const timers: Timers = {
    soon(run) {
      if (state === 'dead') return;
      soon.push(run);
      scheduler.post(turns.between(0, turnMs), nextSoon);
    },
    after,
    every(ms, run) {
      // Set anew when it has run, as Node does: after a freeze it is late once, not many times.
      const again = () => {
        cancel = after(ms, again);
        run();
      };
      let cancel = after(ms, again);
      return () => cancel();
    },
  };

  return {
    name,
    clock: { now: () => Math.floor(start + scheduler.now + skew), monotonic: () => scheduler.now },
    timers,
    get state() {
      return state;
    },
    enter(run) {
      if (state === 'dead') return;
      if (isBehind()) kept.push(run);
      else run();
    },
    freeze() {
      if (state === 'running') state = 'frozen';
    },
    thaw() {
      if (state !== 'frozen') return;
      state = 'running';
      catchUpSoon();
    },
    kill() {
      if (state === 'dead') return;
      state = 'dead';
      [overdue, kept, soon] = [[], [], []];
      const told = mourners;
      mourners = [];
      for (const tell of told) tell();
    },
    jump(ms) {
      skew += ms;
    },
    onKill(tell) {
      mourners.push(tell);
    },
  };
};

const nothing = () => {};
