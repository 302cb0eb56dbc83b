/** A fresh server and fresh client processes, on which work is played once or several times, at one rate each time. */
import { fileURLToPath } from 'node:url';
import { watchMachine } from './busy.ts';
import { startGenerator } from './generator.ts';
import type { Order, Tally } from './messages.ts';
import { type Percentiles, percentilesOf, round as rounded } from './percentiles.ts';
import type { Prepared, Vitals } from './systems/system.ts';
import type { Timing, Work } from './work.ts';

/** What one system did at one rate. */
export interface Stretch {
  readonly rate: number;
  readonly sent: number;
  readonly acked: number;
  readonly seen: number;
  /** Notes told to watchers, each counted once per watcher, and the frames they came in; with those of the warm-up. */
  readonly deliveries: number;
  readonly deliveries_per_second: number;
  readonly frames_per_second: number;
  readonly repeated: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly ack_ms: Percentiles;
  readonly seen_ms: Percentiles;
  readonly loop_delay_ms_p99: number | null;
  readonly server_cpu_percent: number | null;
  /** Stood still for the garbage collector, milliseconds in a second. */
  readonly server_gc_ms_per_second: number;
  readonly server_memory_mb: number | null;
  readonly machine_busy_percent: number;
  readonly generator: {
    readonly loop_delay_ms_p99: number;
    readonly late_ms: Percentiles;
    readonly cpu_percent: number;
  };
}

const agents = fileURLToPath(new URL('./agents.ts', import.meta.url));

interface Cast {
  readonly prepared: Prepared;
  readonly work: Work;
  readonly crowd: Order['crowd'];
  readonly processes: number;
  readonly isInspected?: boolean;
}

export const openStage = async ({ prepared, work, crowd, processes, isInspected = false }: Cast) => {
  const { claims, people } = prepared;
  const server = await prepared.start({ isInspected });
  const generators = Array.from({ length: processes }, () => startGenerator(prepared.agentsScript ?? agents));
  const close = async () => {
    await Promise.all(generators.map((generator) => generator.stop()));
    await server.stop();
  };
  try {
    for (const [index, generator] of generators.entries()) {
      const share = { index, of: processes };
      const order = { work: work.name, crowd, url: server.url, claims, people, share };
      generator.say({ kind: 'order', order });
    }
    await Promise.all(generators.map((generator) => generator.hear('ready')));
  } catch (error) {
    await close();
    throw error;
  }

  return {
    server,
    async play(timing: Timing): Promise<Stretch> {
      for (const generator of generators) generator.say({ kind: 'go', timing });
      // A look costs the server some milliseconds; this one is over before the measurement begins.
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, timing.warmupSeconds * 1_000 - 500)));
      const machine = watchMachine();
      const before = await server.look();
      await Promise.all(generators.map((generator) => generator.hear('measured')));
      const busy = machine();
      const after = await server.look();
      const done = await Promise.all(generators.map((generator) => generator.hear('done')));
      return summarised(
        done.map(({ tally }) => tally),
        { before, after, busy, timing },
      );
    },
    close,
  };
};

interface Looks {
  readonly before: Vitals;
  readonly after: Vitals;
  readonly busy: number;
  readonly timing: Timing;
}

const summarised = (tallies: readonly Tally[], { before, after, busy, timing }: Looks): Stretch => {
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  const worst = (of: (tally: Tally) => number) => rounded(Math.max(...tallies.map(of)));
  const all = (of: (tally: Tally) => Float64Array) => percentilesOf(tallies.flatMap((tally) => Array.from(of(tally))));
  const errors: Record<string, number> = {};
  for (const tally of tallies)
    for (const [code, times] of Object.entries(tally.errors)) errors[code] = (errors[code] ?? 0) + times;
  const cpu = after.cpuSeconds !== null && before.cpuSeconds !== null ? after.cpuSeconds - before.cpuSeconds : null;
  return {
    rate: timing.rate,
    sent: sum(({ sent }) => sent),
    acked: sum(({ acked }) => acked),
    seen: sum(({ seen }) => seen),
    deliveries: sum(({ deliveries }) => deliveries),
    deliveries_per_second: Math.round(sum(({ deliveries }) => deliveries) / (timing.warmupSeconds + timing.seconds)),
    frames_per_second: Math.round(sum(({ frames }) => frames) / (timing.warmupSeconds + timing.seconds)),
    repeated: sum(({ repeated }) => repeated),
    errors,
    ack_ms: all(({ ackMs }) => ackMs),
    seen_ms: all(({ seenMs }) => seenMs),
    loop_delay_ms_p99: after.loopDelayP99Ms === null ? null : rounded(after.loopDelayP99Ms),
    server_cpu_percent: cpu === null ? null : Math.round((cpu / (timing.seconds + 0.5)) * 100),
    server_gc_ms_per_second: rounded(((after.gcSeconds - before.gcSeconds) / (timing.seconds + 0.5)) * 1_000),
    server_memory_mb: after.memoryMb,
    machine_busy_percent: busy,
    generator: {
      loop_delay_ms_p99: worst(({ loopDelayP99Ms }) => loopDelayP99Ms),
      late_ms: all(({ lateMs }) => lateMs),
      cpu_percent: Math.round(sum(({ cpuPercent }) => cpuPercent)),
    },
  };
};
