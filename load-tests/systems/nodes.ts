/** The product as several nodes: one database, one Redis, and each node a process. */
import { claimroom } from './claimroom.ts';
import { startRedis } from './redis.ts';
import type { Nodes, Prepared, Running, System } from './system.ts';

const start = async (prepared: Prepared, count: number): Promise<Nodes> => {
  const redis = await startRedis();
  const shared = { REDIS_URL: redis.url, MESH_SECRET: 'the nodes of one run on the loopback' };
  const node = (n: number, port?: number) =>
    prepared.start({
      ...(port !== undefined && { port }),
      // The first brings the database; the keys are in the folder they share.
      env: { ...shared, NODE_ID: `node-${n + 1}`, ...(n > 0 && { DATABASE_URL: prepared.databaseUrl!() }) },
    });
  const nodes: Running[] = [await node(0)];
  nodes.push(...(await Promise.all(Array.from({ length: count - 1 }, (_, n) => node(n + 1)))));
  return {
    nodes,
    redis: redis.look,
    async again(n) {
      // Where its clients look for it.
      nodes[n] = await node(n, nodes[n]!.port);
    },
    async stop() {
      for (const running of nodes.slice(1)) running.thaw();
      await Promise.all(nodes.slice(1).map((running) => running.stop()));
      await nodes[0]!.stop();
      await redis.stop();
    },
  };
};

const nodes = (name: string, count: number): System => ({
  ...claimroom,
  name,
  async prepare(wants) {
    const prepared = await claimroom.prepare(wants);
    return { ...prepared, startNodes: () => start(prepared, count) };
  },
});
export const oneNode = nodes('one-node', 1);
export const twoNodes = nodes('two-nodes', 2);
export const threeNodes = nodes('three-nodes', 3);
