/** Redis as an installation that wants it to survive runs it: a master, two replicas, three sentinels; with the settings of docs/operations.md. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { Redis } from 'ioredis';
import { freePort } from '../../../scripts/cluster/free-port.ts';
import { findProgram } from '../../support/programs.ts';
import { newRedis } from '../../support/redis.ts';
import { atExit } from '../at-exit.ts';
import { until } from '../until.ts';

const sentinel = findProgram('redis-sentinel');
export const withoutSentinel = sentinel.missing;

/** A master that has lost its replicas takes no writes: what it acked would be lost when another is chosen. */
const safe = ['--min-replicas-to-write', '1', '--min-replicas-max-lag', '2', '--repl-diskless-sync-delay', '0'];

export const newSentinels = async (t: TestContext) => {
  const master = await newRedis(t, safe);
  const replicas = await Promise.all(
    [1, 2].map(() => newRedis(t, [...safe, '--replicaof', '127.0.0.1', String(master.port)])),
  );
  await until('the replicas follow', async () =>
    /connected_slaves:2/.test(String(await master.ask('INFO', 'replication'))),
  );
  const ports = await Promise.all([1, 2, 3].map(() => newSentinel(t, master.port)));
  await until('the sentinels know of each other', async () => {
    const seen = await Promise.all(ports.map((port) => askSentinel(port, 'CKQUORUM')));
    return seen.every((answer) => answer.startsWith('OK 3'));
  });
  return {
    master,
    replicas,
    url: `redis+sentinel://${ports.map((port) => `127.0.0.1:${port}`).join(',')}/main`,
    /** Where the sentinels send people now. */
    masterPort: async () => Number((await askSentinel(ports[0]!, 'GET-MASTER-ADDR-BY-NAME')).split(',')[1]),
  };
};

const newSentinel = async (t: TestContext, masterPort: number): Promise<number> => {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'claimroom-sentinel-'));
  const file = join(folder, 'sentinel.conf');
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    `sentinel monitor main 127.0.0.1 ${masterPort} 2`,
    'sentinel down-after-milliseconds main 1500',
    'sentinel failover-timeout main 5000',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  const child = spawn(sentinel.path!, [file], { stdio: 'ignore' });
  const forget = atExit(() => child.kill('SIGKILL'));
  t.after(async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    forget();
    rmSync(folder, { recursive: true, force: true });
  });
  return port;
};

/** Empty: it does not answer yet. */
const askSentinel = async (port: number, what: string): Promise<string> => {
  const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true, maxRetriesPerRequest: 1 });
  client.on('error', () => {});
  try {
    return String(await client.call('SENTINEL', what, 'main'));
  } catch {
    return '';
  } finally {
    client.disconnect();
  }
};
