/** The four ports of the cluster over Redis and the mesh. */
import type { ClusterPorts, NodeId } from '../cluster/ports.ts';
import { createMembership } from '../cluster/membership.ts';
import type { Limits } from '../limits.ts';
import { type MeshOptions, openMesh } from '../mesh/mesh.ts';
import type { Clock, Log, Timers } from '../runtime/ports.ts';
import type { RedisAddress } from './address.ts';
import { createRedisBoard } from './board.ts';
import { openRedis } from './connections.ts';
import { type Broadcaster, createRedisFanout } from './fanout.ts';

export interface RedisCluster {
  readonly ports: ClusterPorts;
  /** In which nodes count attempts together; a node alone has none. */
  readonly rates?: { readonly client: object; readonly prefix: string };
  /** It has seen who else is at work; or Redis is away, and it is not going to wait for it any longer. */
  readonly hasLooked: boolean;
  /** After the node has stopped. */
  stop(): Promise<void>;
}
interface Deps {
  readonly self: NodeId;
  readonly address: RedisAddress;
  /** Of this installation: others may use the same Redis. */
  readonly prefix: string;
  readonly mesh: MeshOptions;
  readonly io: Broadcaster;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits: Limits;
  readonly log: Log;
}

export const openRedisCluster = async (deps: Deps): Promise<RedisCluster> => {
  const { self, prefix, clock, timers, limits, log } = deps;
  const redis = openRedis(deps);
  const mesh = await openMesh({ ...deps.mesh, self, clock, timers, limits, log });
  await redis.ready(limits.redisReadyMs);
  const { hints, membersBoard } = createRedisBoard({
    redis: redis.publisher,
    prefix,
    self,
    address: mesh.address,
    clock,
    limits,
  });
  const fanout = await createRedisFanout({ ...deps, redis, nodes: () => membership.nodes.length });
  // Last: whoever hears of this node may send it something.
  const membership = createMembership({
    self,
    isSolo: false,
    timers,
    board: membersBoard,
    mesh,
    everyMs: { renew: limits.memberRenewMs, poll: limits.memberPollMs },
  });
  const joinedAt = clock.monotonic();
  log.info({ node: self, mesh: mesh.address }, 'one of many nodes');

  return {
    ports: { membership, hints, mesh, fanout },
    rates: { client: redis.publisher, prefix },
    get hasLooked() {
      return membership.hasLooked || clock.monotonic() - joinedAt > limits.redisReadyMs;
    },
    async stop() {
      fanout.stop();
      membership.stop();
      await mesh.close();
      redis.close();
    },
  };
};
