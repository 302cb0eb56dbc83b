/** A server as a process of its own, to be killed, frozen and started again. Without a fault it is what `npm start` runs. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { atExit } from './at-exit.ts';
import { freePort } from '../../scripts/cluster/free-port.ts';
import { isStopped } from './processes.ts';
import type { Fault } from './server.ts';
import { slowCommits } from './slow-commits.ts';
import { until } from './until.ts';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const launcher = pathOf('../../bin/claimroom.mjs');
const brokenServer = pathOf('server.ts');
const metricsToken = 'for-the-eyes-of-fault-tests-only';
const leash = ['--import', new URL('leash.ts', import.meta.url).href];

export interface ServerOptions {
  /** Also its working folder: no .env file that lies about takes part. */
  readonly dataDir: string;
  /** Without one it starts its own embedded Postgres in the data folder. */
  readonly databaseUrl?: string | undefined;
  readonly nodeId?: string;
  readonly fault?: Fault | undefined;
  /** Where it listens; 127.0.0.1 if not said. */
  readonly host?: string | undefined;
  /** What is put before the command that starts it. */
  readonly entering?: readonly [program: string, ...args: string[]] | undefined;
  /** Over what it is given anyway. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface ServerProcess {
  readonly url: string;
  /** On the same port as before; resolves when it is ready for work. */
  start(): Promise<void>;
  kill9(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  terminate(): Promise<number | null>;
  /** Neither runs nor dies: its sockets stay open and nobody answers. */
  freeze(): Promise<void>;
  thaw(): void;
  /** The end of what it logged since its last start: warnings and worse. */
  readonly said: string;
  /** Of what only those who run it may see. */
  inspect(path: string): Promise<Response>;
  /** One of its own measurements, summed over labels. */
  metric(name: string): Promise<number>;
}

export const newServer = async (t: TestContext, options: ServerOptions): Promise<ServerProcess> => {
  const { dataDir, databaseUrl, nodeId = 'one', fault, host = '127.0.0.1' } = options;
  const [program, ...args] = [...(options.entering ?? []), process.execPath];
  const port = await freePort();
  const url = `http://${host}:${port}`;
  const env = {
    PATH: process.env.PATH,
    HOST: host,
    PORT: String(port),
    DATA_DIR: dataDir,
    NODE_ID: nodeId,
    LOG_LEVEL: 'warn',
    METRICS_TOKEN: metricsToken,
    // Small, so that what is loaded after a fault comes from snapshots, and old commands are asked of the journal.
    LIMIT_SNAPSHOT_EVERY_EVENTS: '20',
    LIMIT_DEDUPE_COMMANDS_MAX: '16',
    PG_SETTINGS: slowCommits,
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    ...(fault && { FAULT: fault }),
    ...options.env,
  };
  const inspect = (path: string) => fetch(url + path, { headers: { authorization: `Bearer ${metricsToken}` } });
  let child: ChildProcess | undefined;
  let said = '';

  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  const exited = async () => {
    if (isRunning()) await once(child!, 'exit', { signal: AbortSignal.timeout(20_000) });
    return child!.exitCode;
  };
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    child!.kill(signal);
    return exited();
  };
  t.after(() => (isRunning() ? end('SIGKILL') : undefined));

  return {
    url,
    get said() {
      return said;
    },
    async start() {
      const started = fork(fault ? brokenServer : launcher, fault ? [] : ['start'], {
        execPath: program!,
        env,
        cwd: dataDir,
        execArgv: [...args, ...leash],
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      child = started;
      started.once(
        'exit',
        atExit(() => started.kill('SIGKILL')),
      );
      said = '';
      for (const output of [started.stdout!, started.stderr!])
        output.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-8_000)));
      await until(
        'the server is ready',
        () => {
          if (!isRunning()) throw new Error(`The server ended before it was ready:\n${said}`);
          return isReady(url);
        },
        30_000,
      );
    },
    async kill9() {
      await end('SIGKILL');
    },
    terminate: () => end('SIGTERM'),
    async freeze() {
      child!.kill('SIGSTOP');
      await until('the server is frozen', () => isStopped(child!.pid!));
    },
    thaw() {
      child!.kill('SIGCONT');
    },
    inspect,
    async metric(name) {
      const lines = (await (await inspect('/metrics')).text()).split('\n');
      return lines
        .filter((line) => line.startsWith(name))
        .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    },
  };
};

const isReady = (url: string) =>
  fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
