/** What one client process counts and measures. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Ack } from '../rooms/protocol.ts';
import type { Counts } from './crowd.ts';
import type { Tally } from './messages.ts';

export const createTally = () => {
  const ackMs: number[] = [];
  const seenMs: number[] = [];
  const lateMs: number[] = [];
  const errors: Record<string, number> = {};
  const delay = monitorEventLoopDelay({ resolution: 2 });
  let startedAt = 0;
  let used = process.cpuUsage();
  let cpuPercent = 0;
  let answered = 0;

  const count = (code: string, times = 1) => {
    if (times > 0) errors[code] = (errors[code] ?? 0) + times;
  };
  return {
    /** The generator's own health is watched from here to `rest`. */
    watch: () => {
      delay.enable();
      startedAt = performance.now();
      used = process.cpuUsage();
    },
    rest() {
      delay.disable();
      const { user, system } = process.cpuUsage(used);
      cpuPercent = (user + system) / 10 / (performance.now() - startedAt);
    },
    sent: (late: number) => void lateMs.push(late),
    answered(ack: Ack, ms: number) {
      answered++;
      if (ack.ok) ackMs.push(ms);
      else count(ack.code);
    },
    seen: (ms: number) => void seenMs.push(ms),
    get isAnswered() {
      return answered === lateMs.length;
    },
    close({ deliveries, frames, repeated, faults }: Counts): Tally {
      count('unanswered', lateMs.length - answered);
      count('unseen', ackMs.length - seenMs.length);
      for (const [fault, times] of Object.entries(faults)) count(fault, times);
      return {
        sent: lateMs.length,
        acked: ackMs.length,
        seen: seenMs.length,
        deliveries,
        frames,
        repeated,
        errors: { ...errors },
        ackMs: Float64Array.from(ackMs),
        seenMs: Float64Array.from(seenMs),
        lateMs: Float64Array.from(lateMs),
        loopDelayP99Ms: delay.percentile(99) / 1e6,
        cpuPercent,
      };
    },
  };
};
