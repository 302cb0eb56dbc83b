/** Redis and the mesh where they really stand: behind TLS, and behind sentinels that name another master. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Redis } from 'ioredis';
import { newCertificates, withoutOpenssl } from '../support/certificates.ts';
import { freePort, newRedis, redisServer, withoutRedis } from '../support/redis.ts';
import { redisNodes, shortTimes, until } from '../support/redis-cluster.ts';
import { sees } from './cluster/opened.ts';

const skip = withoutRedis || withoutOpenssl;

test('by rediss:// and https:// between the nodes, and nobody without a certificate of the same authority', {
  skip,
}, async (t) => {
  const files = newCertificates(t);
  const [cert, key, ca] = [files.cert, files.key, files.ca].map((file) => readFileSync(file, 'utf8'));
  const tlsPort = await freePort();
  const certified = ['--tls-port', `${tlsPort}`, '--tls-cert-file', files.cert, '--tls-key-file', files.key];
  await newRedis(t, certified.concat('--tls-ca-cert-file', files.ca, '--tls-auth-clients', 'no'));
  const usual = getCACertificates('default');
  setDefaultCACertificates([...usual, ca!]);
  t.after(() => setDefaultCACertificates(usual));

  const join = redisNodes(t);
  const tls = { cert: cert!, key: key!, ca: ca! };
  const url = `rediss://localhost:${tlsPort}`;
  const a = await join('node-1.a', { url, tls });
  const b = await join('node-2.a', { url, tls });
  b.mesh.serve(async () => ({ over: 'TLS' }));
  await until(() => a.mesh.stateOf('node-2.a') === 'up' && a.fanout.isUp && b.fanout.isUp);
  assert.deepEqual(await a.mesh.ask('node-2.a', {}), { over: 'TLS' });
  const heard: object[] = [];
  b.fanout.onMessage((message) => heard.push(message));
  a.fanout.publish({ n: 1 });
  await until(() => heard.length === 1);

  const stranger = newCertificates(t);
  const [strangeCert, strangeKey] = [stranger.cert, stranger.key].map((file) => readFileSync(file, 'utf8'));
  const c = await join('node-3.a', { url, tls: { cert: strangeCert!, key: strangeKey!, ca: ca! } });
  await sleep(3 * shortTimes.meshSilentMs);
  assert.deepEqual([c.mesh.stateOf('node-1.a'), a.mesh.stateOf('node-3.a')], ['down', 'down']);
});

/** Watches over the master of this port. */
const newSentinel = async (t: TestContext, masterPort: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'claimroom-sentinel-'));
  const port = await freePort();
  const file = join(folder, 'sentinel.conf');
  writeFileSync(
    file,
    `port ${port}
bind 127.0.0.1
dir ${folder}
sentinel monitor main 127.0.0.1 ${masterPort} 1
sentinel down-after-milliseconds main 500
sentinel failover-timeout main 2000
`,
  );
  const child = spawn(redisServer!, [file, '--sentinel'], { stdio: 'ignore' });
  t.after(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  return port;
};

test('under sentinels: the master is killed, and the nodes go on with the next one', {
  skip: withoutRedis,
}, async (t) => {
  const master = await newRedis(t);
  const replica = await newRedis(t, ['--replicaof', '127.0.0.1', `${master.port}`]);
  await until(async () => String(await replica.ask('INFO', 'replication')).includes('master_link_status:up'));
  const port = await newSentinel(t, master.port);
  const asked = async () => {
    const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: null });
    client.on('error', () => {});
    try {
      return String(await client.call('SENTINEL', 'REPLICAS', 'main')).includes(`${replica.port}`);
    } catch {
      return false;
    } finally {
      client.disconnect();
    }
  };
  await until(asked);
  const join = redisNodes(t);
  const url = `redis+sentinel://127.0.0.1:${port}/main`;
  const [a, b] = [await join('node-1.a', { url }), await join('node-2.a', { url })];
  await until(() => a.fanout.isUp && b.fanout.isUp && sees(a, 'node-1.a', 'node-2.a'));
  let changes = 0;
  a.membership.onChange(() => changes++);
  const since = performance.now();
  await master.kill();
  await until(() => !a.fanout.isUp);
  await until(() => a.fanout.isUp && b.fanout.isUp, 20_000);
  t.diagnostic(`the fan-out was back after ${Math.round(performance.now() - since)} ms`);
  const heard: object[] = [];
  b.fanout.onMessage((message) => heard.push(message));
  a.fanout.publish({ n: 1 });
  await until(() => heard.length === 1);
  await a.hints.note([{ room: 'claim/1', epoch: 1 }]);
  assert.deepEqual([await b.hints.find('claim/1'), changes], [{ owner: 'node-1.a', epoch: 1 }, 0]);
});
