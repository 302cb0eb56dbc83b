/** HAProxy as docker-compose.yml starts it, with the same file, on ports of loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

interface Options {
  /** The program. */
  readonly path: string;
  readonly port: number;
  readonly statsPort: number;
  /** Three of them. */
  readonly nodePorts: readonly number[];
}
export interface Balancer {
  readonly url: string;
  readonly child: ChildProcess;
  /** The end of what it has said: who went and came, and why. */
  readonly said: string;
  /** By name, as HAProxy sees it: UP, DOWN, NOLB (stopping) … */
  states(): Promise<ReadonlyMap<string, string>>;
  stop(): Promise<void>;
}

const file = fileURLToPath(new URL('../../deploy/haproxy/haproxy.cfg', import.meta.url));
const names = ['NODE_ONE', 'NODE_TWO', 'NODE_THREE'] as const;

export const startBalancer = ({ path, port, statsPort, nodePorts }: Options): Balancer => {
  const nodes = Object.fromEntries(names.map((name, i) => [name, `127.0.0.1:${nodePorts[i]}`]));
  const env = { LISTEN: `127.0.0.1:${port}`, STATS: `127.0.0.1:${statsPort}`, ...nodes };
  const child = spawn(path, ['-db', '-f', file], { env, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-8_000)));
  return {
    url: `http://127.0.0.1:${port}`,
    child,
    get said() {
      return said;
    },
    async states() {
      const table = await (await fetch(`http://127.0.0.1:${statsPort}/;csv`)).text();
      const rows = table.split('\n').map((line) => line.split(','));
      const status = rows[0]!.indexOf('status');
      return new Map(rows.filter(([proxy]) => proxy === 'nodes').map((row) => [row[1]!, row[status]!]));
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 2_000);
      await ended;
      clearTimeout(late);
    },
  };
};
