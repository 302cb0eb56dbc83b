/** What one node runs on: it can be frozen, as by SIGSTOP, and thawed, and it can die. Whatever reaches the node goes through `enter`. */
import type { Timers } from '../../src/runtime/ports.ts';

export const createMachine = (timers: Timers) => {
  let state: 'running' | 'frozen' | 'dead' = 'running';
  let kept: (() => void)[] = [];
  const enter = (run: () => void) => {
    if (state === 'running') run();
    else if (state === 'frozen') kept.push(run);
  };
  const own: Timers = {
    soon: (run) => timers.soon(() => enter(run)),
    after(ms, run) {
      let isCancelled = false;
      const cancel = timers.after(ms, () => enter(() => isCancelled || run()));
      return () => {
        isCancelled = true;
        cancel();
      };
    },
    every(ms, run) {
      // Late once after a freeze, not many times.
      let isDue = false;
      return timers.every(ms, () => {
        if (isDue) return;
        isDue = true;
        enter(() => {
          isDue = false;
          run();
        });
      });
    },
  };
  return {
    timers: own,
    enter,
    freeze() {
      state = 'frozen';
    },
    thaw() {
      state = 'running';
      const due = kept;
      kept = [];
      for (const run of due) run();
    },
    die() {
      state = 'dead';
    },
  };
};
export type Machine = ReturnType<typeof createMachine>;
