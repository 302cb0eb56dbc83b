/** How a node is one of many, if there are to be others; or a cluster of one: nobody to ask, nothing to wait for. */
import { randomBytes } from 'node:crypto';
import { createMemoryCluster } from '../cluster/memory-cluster.ts';
import type { Config } from '../config.ts';
import type { Clock, Log, Timers } from '../runtime/ports.ts';
import { openRedisCluster, type RedisCluster } from './cluster.ts';
import type { Broadcaster } from './fanout.ts';

interface Deps {
  readonly io: Broadcaster;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
}

export const joinCluster = async (config: Config, deps: Deps): Promise<RedisCluster> => {
  const { redis: address, redisPrefix: prefix, mesh, limits } = config;
  // A process that starts again is another node: what the one before it held is not its own.
  const self = `${config.nodeId}.${randomBytes(4).toString('hex')}`;
  if (address) return openRedisCluster({ ...deps, self, address, prefix, mesh, limits });
  const ports = createMemoryCluster({ isSolo: true }).join(self, deps.timers, deps.clock);
  return { ports, hasLooked: true, stop: async () => {} };
};
