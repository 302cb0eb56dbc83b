/** Nodes of one cluster over a Redis of their own, in this process: the real ports, on the real clock, with short times. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from 'socket.io';
import { systemClock as clock, systemTimers as timers } from '../../src/clock.ts';
import { defaultLimits, type Limits } from '../../src/limits.ts';
import type { MeshTls } from '../../src/mesh/link.ts';
import { redisAddress } from '../../src/redis/address.ts';
import { openRedisCluster } from '../../src/redis/cluster.ts';
import type { Node } from '../contract/cluster/opened.ts';
import { silentLog } from './silent-log.ts';

export const shortTimes: Limits = {
  ...defaultLimits,
  memberRenewMs: 200,
  memberPollMs: 100,
  memberLapseMs: 600,
  hintLapseMs: 1_500,
  meshBeatMs: 250,
  meshSilentMs: 500,
  meshRetryMs: 100,
  fanoutPulseMs: 100,
};

export interface RedisNode extends Node {
  readonly hasLooked: boolean;
}
interface Options {
  readonly url: string;
  readonly limits?: Limits;
  readonly prefix?: string;
  readonly secret?: string;
  readonly meshPort?: number;
  readonly meshUrl?: string;
  readonly tls?: MeshTls;
  /** The sockets whose broadcasts are carried. */
  readonly io?: Server;
}

export const redisNodes = (t: { after(release: () => Promise<void> | void): void }) => {
  const stops: (() => Promise<void>)[] = [];
  t.after(async () => {
    await Promise.all(stops.map((stop) => stop()));
  });
  return async (self: string, options: Options): Promise<RedisNode> => {
    const { url, limits = shortTimes, prefix = 'test', secret = 'a secret of thirty-two characters' } = options;
    const { meshPort = 0, meshUrl } = options;
    const io = options.io ?? new Server();
    const cluster = await openRedisCluster({
      self,
      address: redisAddress(url)!,
      prefix,
      mesh: { secret, host: '127.0.0.1', port: meshPort, url: meshUrl, tls: options.tls },
      io,
      clock,
      timers,
      limits,
      log: silentLog,
    });
    let stopping: Promise<void> | undefined;
    const stop = () => (stopping ??= cluster.stop().then(() => io.of('/').adapter.close()));
    stops.push(stop);
    const { ports } = cluster;
    return {
      ...ports,
      crash: stop,
      get hasLooked() {
        return cluster.hasLooked;
      },
    };
  };
};

export const until = async (holds: () => Promise<boolean> | boolean, ms = 10_000) => {
  for (const late = performance.now() + ms; !(await holds()); await sleep(10))
    assert.ok(performance.now() < late, 'in time');
};
