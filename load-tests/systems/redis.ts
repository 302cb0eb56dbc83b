/** A Redis for one run, from the PATH, on a port of its own. */
import { Redis } from 'ioredis';
import { startProgram, stopChild } from '../children.ts';
import { freePort, inherited } from './launch.ts';
import type { RedisLook } from './system.ts';

export const startRedis = async () => {
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', '/tmp'];
  const { child, tail } = startProgram('redis-server', args, { env: inherited() });
  const missing = new Promise<never>((_, reject) =>
    child.once('error', () => reject(new Error('there is no redis-server in the PATH'))),
  );
  missing.catch(() => {});
  const client = new Redis({ port, host: '127.0.0.1', maxRetriesPerRequest: 100, retryStrategy: () => 50 });
  client.on('error', () => {});
  await Promise.race([client.ping(), missing]).catch((error: unknown) => {
    client.disconnect();
    throw new Error(`${String(error)}\n${tail()}`);
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async look(): Promise<RedisLook> {
      const info = await client.info('everything');
      const number = (pattern: RegExp) => Number(pattern.exec(info)?.[1] ?? 0);
      return {
        commands: number(/^total_commands_processed:(\d+)/m),
        publications: number(/^cmdstat_publish:calls=(\d+)/m),
        cpuSeconds: number(/^used_cpu_sys:([\d.]+)/m) + number(/^used_cpu_user:([\d.]+)/m),
      };
    },
    async stop() {
      client.disconnect();
      await stopChild(child);
    },
  };
};
