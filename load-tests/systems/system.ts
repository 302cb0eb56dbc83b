/** A server under test, behind one small interface: a process of its own that answers /readyz and /metrics. */
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { exited, startNode, stopChild } from '../children.ts';

export interface Person {
  readonly email: string;
  readonly password: string;
}
export interface Wants {
  readonly agents: number;
  readonly claims: number;
  readonly isSlowDisk: boolean;
}
export interface System {
  readonly name: string;
  /** Is what it acknowledges on disk? To be printed beside every figure. */
  readonly isDurable: boolean;
  /** Once per run: a database, accounts, claims. */
  prepare(wants: Wants): Promise<Prepared>;
}
export interface Prepared {
  /** Room ids; every system is sent the very same commands. */
  readonly claims: readonly string[];
  /** Who logs in, one per agent; null where nobody is asked who they are. */
  readonly people: readonly Person[] | null;
  /** What it runs with, for the record. */
  readonly settings: Readonly<Record<string, string>>;
  start(): Promise<Running>;
  /** Leaves nothing behind. */
  clear(): Promise<void>;
}
export interface Running {
  readonly url: string;
  /** Since the last look. The delay includes the sampling interval of 2 ms, in every system alike. */
  look(): Promise<Vitals>;
  stop(): Promise<void>;
}
export interface Vitals {
  readonly loopDelayP99Ms: number | null;
  readonly cpuSeconds: number | null;
  readonly memoryMb: number | null;
}

export interface Launch {
  readonly script: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Starts it on a free port of the loopback and waits until it is ready. */
export const launch = async ({ script, args, env, cwd }: Launch): Promise<Running> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { child, tail } = startNode(script, args, {
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
    for (const end = performance.now() + 60_000; !(await isReady()); await sleep(100)) {
      if (performance.now() > end) throw new Error(`the server was not ready within a minute:\n${tail()}`);
    }
  })();
  await Promise.race([ready, failed]);
  return { url, look: () => look(url), stop: () => stopChild(child) };
};

/** Nothing of the caller's settings may reach the server under test but what a process needs to run at all. */
export const inherited = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => ['PATH', 'HOME', 'LANG', 'TMPDIR'].includes(name)));

const freePort = () =>
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
  return {
    loopDelayP99Ms: gauge('claimroom_loop_delay_p99_ms'),
    cpuSeconds: gauge('process_cpu_seconds_total'),
    memoryMb: bytes === null ? null : Math.round(bytes / 2 ** 20),
  };
};
