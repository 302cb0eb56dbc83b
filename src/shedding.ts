/**
 * When this node cannot keep up, what can wait is told to come later: reports, exports and dashboards first, then other lists.
 * Notices of loss, commands, sockets and single claims are never told so. It is measured by how late the event loop is.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Limits } from './limits.ts';
import type { Cancel, Log, Timers } from './runtime/ports.ts';

/** 0: nobody is turned away. 1: what can wait. 2: other lists, too. */
export type Pressure = 0 | 1 | 2;
export interface Shedding {
  readonly pressure: Pressure;
  readonly retryAfterMs: number;
}

/** What the measured lateness comes to. It rises at once and falls only when it has been calm for a while. */
export const createPressure = (
  { shedLagMs, shedMoreLagMs, shedCalmMs }: Pick<Limits, 'shedLagMs' | 'shedMoreLagMs' | 'shedCalmMs'>,
  onChange: (pressure: Pressure, lagMs: number) => void = () => {},
) => {
  let pressure: Pressure = 0;
  let calmSince: number | null = null;
  return {
    get pressure() {
      return pressure;
    },
    /** `now` on a clock that never jumps. */
    measured(lagMs: number, now: number) {
      const next = lagMs >= shedMoreLagMs ? 2 : lagMs >= shedLagMs ? 1 : 0;
      if (next >= pressure) {
        calmSince = null;
        if (next > pressure) onChange((pressure = next), lagMs);
        return;
      }
      calmSince ??= now;
      if (now - calmSince < shedCalmMs) return;
      calmSince = null;
      onChange((pressure = next), lagMs);
    },
  };
};

export const startShedding = ({
  limits,
  timers,
  log,
}: {
  readonly limits: Limits;
  readonly timers: Timers;
  readonly log: Log;
}): Shedding & { stop: Cancel } => {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const pressure = createPressure(limits, (now, lagMs) =>
    log.warn({ pressure: now, lagMs: Math.round(lagMs) }, 'what can wait is turned away while the load lasts'),
  );
  const stop = timers.every(limits.shedLookEveryMs, () => {
    // Of an idle loop the sampling itself is all there is.
    pressure.measured(Math.max(0, delay.mean / 1e6 - 10), performance.now());
    delay.reset();
  });
  return {
    get pressure() {
      return pressure.pressure;
    },
    retryAfterMs: limits.shedRetryAfterMs,
    stop() {
      stop();
      delay.disable();
    },
  };
};
