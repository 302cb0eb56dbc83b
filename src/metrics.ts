/** What the runtime measures, for Prometheus. Labels are kinds, command names and codes: never ids, never people. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { JobCounts } from './jobs/job-counts.ts';
import { watchQueue } from './jobs/watch-queue.ts';
import type { Meter } from './runtime/ports.ts';

const seconds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

export interface Gauges {
  readonly roomsInMemory: () => number;
  readonly commandsWaiting: () => number;
  readonly sockets: () => number;
  readonly auditWaiting: () => number;
  readonly members: () => number;
  readonly isFanoutUp: () => boolean;
  readonly pressure: () => number;
}

export const createMetrics = () => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const stage = new Histogram({
    name: 'claimroom_command_seconds',
    help: 'Time of a command by stage: wait for its turn, decide, gate (the commit), total.',
    labelNames: ['kind', 'stage'],
    buckets: seconds,
    registers,
  });
  const commands = new Counter({
    name: 'claimroom_commands_total',
    help: 'Commands answered, by outcome.',
    labelNames: ['kind', 'command', 'outcome'],
    registers,
  });
  const batches = new Counter({
    name: 'claimroom_batches_total',
    help: 'Journal statements, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const batchEvents = new Histogram({
    name: 'claimroom_batch_events',
    help: 'Events per journal statement.',
    buckets: [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    registers,
  });
  const commit = new Histogram({
    name: 'claimroom_commit_seconds',
    help: 'Time of a journal statement.',
    buckets: seconds,
    registers,
  });
  const activations = new Histogram({
    name: 'claimroom_activation_seconds',
    help: 'Time to bring a room into memory.',
    labelNames: ['kind'],
    buckets: seconds,
    registers,
  });
  const cluster = new Counter({
    name: 'claimroom_cluster_total',
    help: 'What nodes do because of each other: forwarded, moved, suspected, regained, repaired, audited, handedOver.',
    labelNames: ['what'],
    registers,
  });
  const fenced = new Counter({
    name: 'claimroom_fenced_total',
    help: 'Writes refused because another node owns the room.',
    labelNames: ['kind'],
    registers,
  });
  const patches = new Counter({
    name: 'claimroom_patches_total',
    help: 'Patches sent, one per seat and batch.',
    labelNames: ['kind'],
    registers,
  });
  const delay = monitorEventLoopDelay({ resolution: 2 });
  delay.enable();
  new Gauge({
    name: 'claimroom_loop_delay_p99_ms',
    help: 'Event-loop delay since the last scrape, milliseconds, 99th percentile.',
    registers,
    collect() {
      this.set(delay.percentile(99) / 1e6);
      delay.reset();
    },
  });

  /** Found once per kind of room: to find a series by its labels costs more than to add to it. */
  const stagesByKind = new Map<string, Record<'wait' | 'decide' | 'gate' | 'total', Histogram.Internal<string>>>();
  const stagesOf = (kind: string) => {
    let stages = stagesByKind.get(kind);
    if (!stages) {
      const of = (name: string) => stage.labels({ kind, stage: name });
      stages = { wait: of('wait'), decide: of('decide'), gate: of('gate'), total: of('total') };
      stagesByKind.set(kind, stages);
    }
    return stages;
  };
  const meter: Meter = {
    command(kind, name, outcome, { wait, decide, gate, total }) {
      commands.inc({ kind, command: name, outcome });
      const stages = stagesOf(kind);
      stages.wait.observe(wait / 1000);
      stages.decide.observe(decide / 1000);
      stages.gate.observe(gate / 1000);
      stages.total.observe(total / 1000);
    },
    batch(events, _bytes, ms, outcome) {
      batches.inc({ outcome });
      batchEvents.observe(events);
      commit.observe(ms / 1000);
    },
    activated: (kind, ms) => activations.observe({ kind }, ms / 1000),
    fenced: (kind) => fenced.inc({ kind }),
    cluster: (what) => cluster.inc({ what }),
    patch: (kind) => patches.inc({ kind }),
  };

  return {
    meter,
    /** Read at each scrape. */
    watch({ roomsInMemory, commandsWaiting, sockets, auditWaiting, members, isFanoutUp, pressure }: Gauges) {
      const gauge = (name: string, help: string, read: () => number) =>
        new Gauge({
          name,
          help,
          registers,
          collect() {
            this.set(read());
          },
        });
      gauge('claimroom_rooms_in_memory', 'Rooms this node holds.', roomsInMemory);
      gauge('claimroom_commands_waiting', 'Commands between arrival and answer.', commandsWaiting);
      gauge('claimroom_sockets', 'Connected sockets.', sockets);
      gauge('claimroom_audit_waiting', 'Entries of the audit that are not durable yet.', auditWaiting);
      gauge('claimroom_members', 'Nodes at work, as this one sees it.', members);
      gauge('claimroom_pressure', '0: all are served. 1: what can wait is turned away. 2: other lists, too.', pressure);
      gauge('claimroom_fanout_up', '1: news reaches every node. 0: watchers elsewhere are told by the beacon.', () =>
        Number(isFanoutUp()),
      );
    },
    watchJobs: (count: () => Promise<JobCounts>) => watchQueue(registry, count),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
};
export type Metrics = ReturnType<typeof createMetrics>;
