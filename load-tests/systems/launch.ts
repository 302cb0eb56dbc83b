/** Starts a server under test on the loopback and waits until it is ready. */
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { exited, startNode, stopChild } from '../children.ts';
import { type Memory, memoryAt } from './memory.ts';
import type { StartOptions, Vitals } from './system.ts';

interface Launch extends StartOptions {
  readonly script: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
}
export interface Launched {
  readonly url: string;
  readonly port: number;
  /** Of Node's inspector; 0 where it was not started to be inspected. */
  readonly inspectPort: number;
  /** Since the last look. The delay includes the sampling interval of 2 ms, in every system alike. */
  look(): Promise<Vitals>;
  /** After a garbage collection; only where it was started to be inspected. */
  memory(): Promise<Memory>;
  stop(): Promise<void>;
  /** SIGKILL; answers when it is gone. */
  kill(): Promise<void>;
  /** SIGSTOP, and SIGCONT. */
  freeze(): void;
  thaw(): void;
}

export const launch = async ({ script, args, env, cwd, isInspected = false, ...at }: Launch): Promise<Launched> => {
  const port = at.port ?? (await freePort());
  const inspectPort = isInspected ? await freePort() : 0;
  const url = `http://127.0.0.1:${port}`;
  const flags = isInspected ? [`--inspect=127.0.0.1:${inspectPort}`] : [];
  const { child, tail } = startNode([...flags, script, ...args], {
    env: { ...inherited(), ...env, HOST: '127.0.0.1', PORT: String(port) },
    ...(cwd !== undefined && { cwd }),
  });
  const gone = exited(child);
  const failed = gone.then((code): never => {
    throw new Error(`the server ended with ${code} before it was ready:\n${tail()}`);
  });
  failed.catch(() => {});
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  const ready = (async () => {
    for (const end = performance.now() + 60_000; !(await isReady()); await sleep(50)) {
      if (performance.now() > end) throw new Error(`the server was not ready within a minute:\n${tail()}`);
    }
  })();
  await Promise.race([ready, failed]);
  return {
    url,
    port,
    inspectPort,
    look: () => look(url),
    memory: () => memoryAt(inspectPort),
    stop: () => stopChild(child),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  };
};

/** Nothing of the caller's settings may reach the server under test but what a process needs to run at all. */
export const inherited = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => ['PATH', 'HOME', 'LANG', 'TMPDIR'].includes(name) || name.startsWith('LIMIT_'),
    ),
  );

export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const look = async (url: string): Promise<Vitals> => {
  const text = await fetch(`${url}/metrics`).then(
    (response) => (response.ok ? response.text() : ''),
    () => '',
  );
  const gauge = (name: string) => {
    const value = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1];
    return value === undefined ? null : Number(value);
  };
  const bytes = gauge('process_resident_memory_bytes');
  const collections = text.matchAll(/^nodejs_gc_duration_seconds_sum\{[^}]*\} (\S+)$/gm);
  return {
    loopDelayP99Ms: gauge('claimroom_loop_delay_p99_ms'),
    cpuSeconds: gauge('process_cpu_seconds_total'),
    gcSeconds: collections.reduce((sum, [, seconds]) => sum + Number(seconds), 0),
    memoryMb: bytes === null ? null : Math.round(bytes / 2 ** 20),
  };
};
