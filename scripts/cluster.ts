/** `npm run cluster`: what docker-compose.yml starts by default, without Docker and on loopback: HAProxy, three nodes, Redis, Postgres in DATA_DIR. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../src/config.ts';
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.ts';
import { findProgram, type ProgramName } from '../tests/support/programs.ts';
import { startBalancer } from './cluster/balancer.ts';
import { freePort } from './cluster/free-port.ts';

const launcher = fileURLToPath(new URL('../bin/claimroom.mjs', import.meta.url));
const readyMsMax = 60_000;
const endMsMax = 30_000;

const programs = Object.fromEntries(
  (['haproxy', 'redis-server'] as const).map((name) => [name, pathOf(name)]),
) as Record<'haproxy' | 'redis-server', string>;
if (existsSync('.env')) loadEnvFile('.env');
const config = loadConfig(process.env);
const silent = { info: () => {}, warn: () => {}, error: () => {} };

const postgres = await startEmbeddedPostgres({
  dataDir: config.dataDir,
  log: silent,
  settings: { max_connections: '150' },
});
console.log(`Postgres${postgres.adopted ? ', which was running,' : ''} in ${config.dataDir}`);

const redisPort = await freePort();
const redisArgs = ['--port', `${redisPort}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
// In groups of their own: Ctrl+C reaches them through us, in order.
const redis = spawn(programs['redis-server'], redisArgs, { stdio: 'ignore', detached: true });
console.log(`Redis on 127.0.0.1:${redisPort}, which keeps nothing`);

const secret = randomBytes(24).toString('hex');
const nodes: ChildProcess[] = [];
const nodePorts: number[] = [];
let isEnding = false;
/** After the nodes, in this order. */
const ends = [() => stop(redis)];
process.on('SIGINT', () => void end(0));
process.on('SIGTERM', () => void end(0));

for (const name of ['one', 'two', 'three']) {
  const port = await freePort();
  const env = {
    ...process.env,
    NODE_ID: name,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_URL: postgres.url,
    REDIS_URL: `redis://127.0.0.1:${redisPort}`,
    MESH_SECRET: secret,
    TRUSTED_PROXY_HOPS: '1',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
  };
  const node = spawn(process.execPath, [launcher, 'start'], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  node.once('exit', (code) => isEnding || console.log(`Node ${name} has ended (${code}); the others go on.`));
  nodes.push(node);
  nodePorts.push(port);
  // The first migrates, and makes the secrets of development that all share.
  await ready(`http://127.0.0.1:${port}`, node);
  console.log(`Node ${name} on http://127.0.0.1:${port} (pid ${node.pid})`);
}
const statsPort = await freePort();
const balancer = startBalancer({ path: programs.haproxy, port: config.port, statsPort, nodePorts });
ends.unshift(balancer.stop);
await ready(balancer.url, balancer.child, () => balancer.said);
console.log(`\nThe balancer: ${balancer.url}   what it thinks of the nodes: http://127.0.0.1:${statsPort}/`);
console.log('ClamAV and the profiles of docker-compose.yml are not started. Ctrl+C ends all of it.\n');

/** What it says itself is on the terminal, unless `said` has it. */
async function ready(url: string, child: ChildProcess, said = () => '') {
  for (const late = Date.now() + readyMsMax; Date.now() < late && !isEnding; await sleep(50)) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    if (answer?.ok) return;
  }
  if (isEnding) return;
  console.error(`${url} does not become ready. ${said()}`);
  await end(1);
}

async function end(code: number) {
  if (isEnding) return;
  isEnding = true;
  console.log('\nStopping.');
  await Promise.all(nodes.map((node) => stop(node)));
  for (const endNext of ends) await endNext();
  if (!postgres.adopted) await postgres.stop();
  process.exit(code);
}

async function stop(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), endMsMax);
  await ended;
  clearTimeout(late);
}

function pathOf(name: ProgramName): string {
  const { path, missing } = findProgram(name);
  if (path !== null) return path;
  console.error(`npm run cluster needs ${name}: ${missing}`);
  process.exit(1);
}
