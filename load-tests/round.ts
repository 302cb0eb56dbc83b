/** One round of one system: a fresh server, fresh client processes, the warm-up, the measurement. */
import { fileURLToPath } from 'node:url';
import { exited, forkNode, stopChild } from './children.ts';
import type { FromAgents, Tally, ToAgents } from './messages.ts';
import { type Percentiles, percentilesOf, round as rounded } from './percentiles.ts';
import type { Scenario, Timing } from './scenario.ts';
import type { Prepared, Vitals } from './systems/system.ts';

export interface Round {
  readonly sent: number;
  readonly acked: number;
  readonly seen: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly ack_ms: Percentiles;
  readonly seen_ms: Percentiles;
  readonly loop_delay_ms_p99: number | null;
  readonly server_cpu_percent: number | null;
  readonly server_memory_mb: number | null;
  readonly generator: {
    readonly loop_delay_ms_p99: number;
    readonly late_ms: Percentiles;
    readonly cpu_percent: number;
  };
}

const script = fileURLToPath(new URL('./agents.ts', import.meta.url));

export const playRound = async (
  scenario: Scenario,
  prepared: Prepared,
  timing: Timing,
  processes: number,
): Promise<Round> => {
  const server = await prepared.start();
  const generators = Array.from({ length: processes }, () => createGenerator());
  const { claims, people } = prepared;
  try {
    for (const [index, generator] of generators.entries()) {
      const share = { index, of: processes };
      generator.say({
        kind: 'order',
        order: { scenario: scenario.name, url: server.url, claims, people, timing, share },
      });
    }
    await Promise.all(generators.map((generator) => generator.hear('ready')));
    for (const generator of generators) generator.say({ kind: 'go' });
    // A look costs the server some milliseconds; this one is over before the measurement begins.
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, timing.warmupSeconds * 1_000 - 500)));
    const before = await server.look();
    await Promise.all(generators.map((generator) => generator.hear('measured')));
    const after = await server.look();
    const done = await Promise.all(generators.map((generator) => generator.hear('done')));
    return summarised(
      done.map(({ tally }) => tally),
      before,
      after,
      timing.seconds,
    );
  } finally {
    await Promise.all(generators.map((generator) => generator.stop()));
    await server.stop();
  }
};

/** One client process. What it says is kept until somebody wants to hear it. */
const createGenerator = () => {
  const child = forkNode(script);
  const heard = new Map<FromAgents['kind'], PromiseWithResolvers<FromAgents>>();
  const of = (kind: FromAgents['kind']) => {
    let said = heard.get(kind);
    if (!said) heard.set(kind, (said = Promise.withResolvers()));
    return said;
  };
  child.on('message', (message: FromAgents) => of(message.kind).resolve(message));
  const gone = exited(child).then((code): never => {
    throw new Error(`a client process ended with ${code}`);
  });
  gone.catch(() => {});
  return {
    say: (message: ToAgents) => void child.send(message),
    hear: <K extends FromAgents['kind']>(kind: K) =>
      Promise.race([of(kind).promise, gone]) as Promise<Extract<FromAgents, { kind: K }>>,
    stop: () => stopChild(child, 2_000),
  };
};

const summarised = (tallies: readonly Tally[], before: Vitals, after: Vitals, seconds: number): Round => {
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  const worst = (of: (tally: Tally) => number) => rounded(Math.max(...tallies.map(of)));
  const all = (of: (tally: Tally) => Float64Array) => percentilesOf(tallies.flatMap((tally) => Array.from(of(tally))));
  const errors: Record<string, number> = {};
  for (const tally of tallies)
    for (const [code, times] of Object.entries(tally.errors)) errors[code] = (errors[code] ?? 0) + times;
  const cpu = after.cpuSeconds !== null && before.cpuSeconds !== null ? after.cpuSeconds - before.cpuSeconds : null;
  return {
    sent: sum(({ sent }) => sent),
    acked: sum(({ acked }) => acked),
    seen: sum(({ seen }) => seen),
    errors,
    ack_ms: all(({ ackMs }) => ackMs),
    seen_ms: all(({ seenMs }) => seenMs),
    loop_delay_ms_p99: after.loopDelayP99Ms === null ? null : rounded(after.loopDelayP99Ms),
    server_cpu_percent: cpu === null ? null : Math.round((cpu / (seconds + 0.5)) * 100),
    server_memory_mb: after.memoryMb,
    generator: {
      loop_delay_ms_p99: worst(({ loopDelayP99Ms }) => loopDelayP99Ms),
      late_ms: all(({ lateMs }) => lateMs),
      cpu_percent: Math.round(sum(({ cpuPercent }) => cpuPercent)),
    },
  };
};
