/** The cluster in memory with its lines in a test's hands. */
import {
  createMemoryCluster,
  type MemoryClusterOptions,
  type MemoryNode,
} from '../../../src/cluster/memory-cluster.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

export const opened = (options: MemoryClusterOptions = {}) => {
  const time = createFakeClock();
  /** `from to`: nothing passes in this direction. */
  const cuts = new Set<string>();
  const passed: string[] = [];
  const cluster = createMemoryCluster({
    carry(from, to, message, deliver) {
      passed.push((message as { kind: string }).kind);
      const copy = structuredClone(message);
      queueMicrotask(() => cuts.has(`${from} ${to}`) || deliver(copy));
    },
    ...options,
  });
  const told: string[] = [];
  const join = (self: string): MemoryNode => {
    const node = cluster.join(self, time.timers, time.clock);
    node.mesh.onLink((other, state) => told.push(`${self}: ${other} ${state}`));
    return node;
  };
  const cut = (a: string, b: string) => void cuts.add(`${a} ${b}`).add(`${b} ${a}`);
  return { cluster, time, join, cut, cuts, passed, told };
};
