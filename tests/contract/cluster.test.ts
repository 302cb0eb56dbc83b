/**
 * One suite per port of a cluster, for every implementation of it. To put another one beside the memory one, write an `Open`
 * and add it here: `join` makes one more node of the same cluster (its mesh may still be connecting), `crash` is the
 * end of its process, `advance` lets time pass (on a real clock it waits) and `until` lets it pass until something holds, or
 * fails. The times say how fast that implementation is: give a real one short ones, so that the suite need not wait long.
 * What only the memory cluster can do (cut lines, lose its board) is in memory-cluster.test.ts and memory-board.test.ts.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMemoryCluster } from '../../src/cluster/memory-cluster.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { newRedis, withoutRedis } from '../support/redis.ts';
import { redisNodes, shortTimes, until } from '../support/redis-cluster.ts';
import { fanoutSuite } from './cluster/fanout.ts';
import { hintsSuite } from './cluster/hints.ts';
import { membershipSuite } from './cluster/membership.ts';
import { meshSuite } from './cluster/mesh.ts';
import type { Open } from './cluster/opened.ts';

/** On a fake clock, so that even a minute costs nothing. */
const openMemory: Open = async () => {
  const time = createFakeClock();
  const cluster = createMemoryCluster();
  return {
    join: async (self) => cluster.join(self, time.timers, time.clock),
    advance: time.advance,
    async until(holds) {
      for (let waited = 0; !holds(); waited += 50) {
        assert.ok(waited < 10_000, 'in ten seconds');
        await time.advance(50);
      }
    },
    memberLapseMs: 6_000,
    hintLapseMs: 60_000,
    silentMs: 2_000,
    arrivesMs: 50,
  };
};

/** On the real clock, over sockets and a Redis that each test has to itself. */
const openRedis: Open = async (t) => {
  const { url } = await newRedis(t);
  const join = redisNodes(t);
  return {
    join: (self) => join(self, { url }),
    advance: sleep,
    until,
    memberLapseMs: shortTimes.memberLapseMs,
    hintLapseMs: shortTimes.hintLapseMs,
    silentMs: shortTimes.meshSilentMs,
    arrivesMs: 100,
  };
};

const suites = [membershipSuite, hintsSuite, meshSuite, fanoutSuite];
for (const suite of suites) void suite('memory', openMemory);
if (withoutRedis) test('cluster over Redis', { skip: withoutRedis }, () => {});
else for (const suite of suites) void suite('Redis', openRedis);
