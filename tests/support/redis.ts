/** A Redis of a test's own, on a port of its own, that may be killed, frozen and started again: `const redis = await newRedis(t)`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findProgram } from './programs.ts';

const found = findProgram('redis-server');
/** For `test(title, { skip: withoutRedis }, …)`. */
export const withoutRedis = found.missing;
export const redisServer = found.path;

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** Sends one command, by a connection of its own. */
  ask(command: string, ...args: (string | number)[]): Promise<unknown>;
  kill(): Promise<void>;
  /** On the same port, and empty. */
  start(): Promise<void>;
  freeze(): void;
  thaw(): void;
}
interface Releases {
  after(release: () => Promise<void> | void): void;
}

export const newRedis = async (t: Releases, settings: readonly string[] = []): Promise<TestRedis> => {
  if (found.path === null) throw new Error(found.missing || '');
  const { path } = found;
  const folder = mkdtempSync(join(tmpdir(), 'claimroom-redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;

  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  const start = async () => {
    child = spawn(path, [...args, ...settings], { stdio: ['ignore', 'pipe', 'inherit'] });
    const { stdout } = child;
    for await (const chunk of stdout!) if (String(chunk).includes('Ready to accept connections')) break;
    if (child.exitCode !== null) throw new Error('redis-server ended before it was ready');
  };
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const isOver = once(child, 'exit');
    child.kill('SIGKILL');
    await isOver;
  };
  t.after(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  await start();

  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    async ask(command, ...rest) {
      const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true, maxRetriesPerRequest: 1 });
      client.on('error', () => {});
      try {
        return await client.call(command, ...rest);
      } finally {
        client.disconnect();
      }
    },
    kill,
    start,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
  };
};

export const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};
