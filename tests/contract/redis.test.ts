/** What Redis, and what lies between nodes, can do to a cluster; and that none of it stops one or makes it believe what is not so. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, globSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { createSockets } from '../../src/socket/server.ts';
import { defaultLimits } from '../../src/limits.ts';
import { joined, sees } from './cluster/opened.ts';
import { newRedis, withoutRedis } from '../support/redis.ts';
import { redisNodes, shortTimes, until } from '../support/redis-cluster.ts';
import { newTcpProxy } from '../support/tcp-proxy.ts';

const strays: unknown[] = [];
process.on('unhandledRejection', (error) => strays.push(error));

const opened = async (t: TestContext, count = 2, settings: readonly string[] = []) => {
  const redis = await newRedis(t, settings);
  const join = redisNodes(t);
  const limits = { ...shortTimes, memberLapseMs: 2_000, redisSilentMs: 600, redisReadyMs: 1_000 };
  const nodes = await joined(
    {
      join: (self) => join(self, { url: redis.url, limits }),
      advance: sleep,
      until,
      memberLapseMs: 2_000,
      hintLapseMs: 0,
      silentMs: 0,
      arrivesMs: 0,
    },
    count,
  );
  await until(() => nodes.every(({ fanout }) => fanout.isUp));
  return { redis, join, limits, nodes };
};

describe('Redis', { skip: withoutRedis }, () => {
  test('killed: nothing goes uncaught, nobody leaves the circle, the fan-out says so at once, and all heals by itself', async (t) => {
    const { redis, nodes } = await opened(t);
    const [a, b] = nodes;
    const changes: string[] = [];
    a.membership.onChange(() => changes.push(a.membership.nodes.join()));
    await redis.kill();
    await until(() => nodes.every(({ fanout }) => !fanout.isUp), 200);
    for (let n = 0; n < 20; n++) a.fanout.publish({ n });
    await assert.rejects(a.hints.find('claim/1'));
    await assert.rejects(a.hints.note([{ room: 'claim/1', epoch: 1 }]));
    // Longer than the client would go on trying by itself, whose giving up ends processes.
    await sleep(3_000);
    assert.deepEqual([a.mesh.stateOf('node-2.a'), sees(b, 'node-1.a', 'node-2.a')], ['up', true]);
    const heard: object[] = [];
    b.fanout.onMessage((message) => heard.push(message));
    await redis.start();
    await until(() => nodes.every(({ fanout }) => fanout.isUp), 3_000);
    a.fanout.publish({ isBack: true });
    await until(() => heard.length > 0);
    assert.deepEqual(heard, [{ isBack: true }], 'and what was said meanwhile does not come late');
    await until(() => sees(a, 'node-1.a', 'node-2.a') && sees(b, 'node-1.a', 'node-2.a'));
    assert.deepEqual([changes, strays.splice(0)], [[], []]);
  });

  test('frozen: the fan-out is down within a second, questions are given up, and it heals', async (t) => {
    const { redis, nodes } = await opened(t);
    const [a] = nodes;
    redis.freeze();
    t.after(redis.thaw);
    await until(() => nodes.every(({ fanout }) => !fanout.isUp), 1_000);
    const since = performance.now();
    await assert.rejects(a.hints.find('claim/1'));
    assert.ok(performance.now() - since < 1_000);
    await sleep(2_500);
    redis.thaw();
    await until(() => nodes.every(({ fanout }) => fanout.isUp), 5_000);
    assert.equal(await a.hints.find('claim/1'), null);
    assert.deepEqual(strays.splice(0), []);
  });

  test('flushed: nobody takes the others for gone, and the board fills again', async (t) => {
    const { redis, nodes } = await opened(t, 3);
    const [a, b] = nodes;
    await a.hints.note([{ room: 'claim/1', epoch: 3 }]);
    let changes = 0;
    for (const { membership } of nodes) membership.onChange(() => changes++);
    await redis.ask('FLUSHALL');
    assert.equal(await b.hints.find('claim/1'), null);
    await sleep(2 * shortTimes.memberRenewMs);
    assert.equal(changes, 0);
    assert.equal(await redis.ask('SCARD', 'test:{act}:nodes'), 3);
  });

  test('a node whose subscription was lost is missed by the others, and subscribes again', async (t) => {
    const { redis, nodes } = await opened(t);
    const [a, b] = nodes;
    // Its own would tell it, too.
    const [listener] = String(await redis.ask('CLIENT', 'LIST', 'TYPE', 'pubsub')).split('\n');
    const address = / laddr=| addr=(\S+)/.exec(listener!)![1]!;
    await redis.ask('CLIENT', 'KILL', 'ADDR', address);
    for (let n = 0; n < 100 && [a, b].every(({ fanout }) => fanout.isUp); n++) await sleep(1);
    assert.ok([a, b].some(({ fanout }) => !fanout.isUp));
    await until(() => a.fanout.isUp && b.fanout.isUp);
    const heard: object[] = [];
    b.fanout.onMessage((message) => heard.push(message));
    a.fanout.publish({ n: 1 });
    await until(() => heard.length === 1);
  });

  test('a node that starts without it starts all the same, and joins when it is there', async (t) => {
    const redis = await newRedis(t);
    const join = redisNodes(t);
    await redis.kill();
    const limits = { ...shortTimes, redisReadyMs: 500 };
    const since = performance.now();
    const a = await join('node-1.a', { url: redis.url, limits });
    assert.ok(performance.now() - since < 2_000);
    assert.equal(a.fanout.isUp, false);
    await until(() => a.hasLooked, 2_000);
    await redis.start();
    const b = await join('node-2.a', { url: redis.url, limits });
    await until(() => sees(a, 'node-1.a', 'node-2.a') && a.fanout.isUp && b.fanout.isUp);
    const heard: object[] = [];
    a.fanout.onMessage((message) => heard.push(message));
    b.fanout.publish({ n: 1 });
    await until(() => heard.length === 1);
  });

  test('eight pairs of nodes started at the same moment all hear each other, from the first message', async (t) => {
    const redis = await newRedis(t);
    const join = redisNodes(t);
    const pair = async (prefix: string) => {
      const [a, b] = await Promise.all(['one.a', 'two.a'].map((self) => join(self, { url: redis.url, prefix })));
      let heard = 0;
      b!.fanout.onMessage(() => heard++);
      for (let n = 0; n < 500; n++) a!.fanout.publish({ n });
      await until(() => heard === 500);
    };
    await Promise.all(Array.from({ length: 8 }, (_, n) => pair(`pair-${n}`)));
    assert.deepEqual(strays.splice(0), []);
  });

  test('two installations on one Redis do not know of each other', async (t) => {
    const redis = await newRedis(t);
    const join = redisNodes(t);
    const [a, b] = [
      await join('node-1.a', { url: redis.url, prefix: 'here' }),
      await join('node-2.a', { url: redis.url, prefix: 'there' }),
    ];
    const heard: object[] = [];
    b.fanout.onMessage((message) => heard.push(message));
    await a.hints.note([{ room: 'claim/1', epoch: 1 }]);
    a.fanout.publish({});
    await sleep(3 * shortTimes.memberRenewMs);
    assert.deepEqual(
      [a.membership.nodes, b.membership.nodes, await b.hints.find('claim/1'), heard],
      [['node-1.a'], ['node-2.a'], null, []],
    );
    const keys = (await redis.ask('KEYS', '*')) as string[];
    assert.deepEqual(
      keys.filter((key) => !/^(here|there):\{act\}:/.test(key)),
      [],
      'all keys in one slot, with a prefix',
    );
  });

  test('sockets of this node are told everything while it is away', async (t) => {
    const redis = await newRedis(t);
    const http = createServer().listen(0, '127.0.0.1');
    await once(http, 'listening');
    const io = new Server(http);
    await redisNodes(t)('node-1.a', { url: redis.url, io });
    io.on('connection', (socket) => void socket.join('claim/1#handler'));
    const socket = connect(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, { transports: ['websocket'] });
    t.after(() => (socket.close(), io.disconnectSockets(true), http.close()));
    let told = 0;
    socket.on('patch', () => told++);
    await once(socket as never, 'connect');
    await redis.kill();
    await sleep(100);
    for (let n = 0; n < 20; n++) io.to('claim/1#handler').emit('patch', n);
    await until(() => told === 20);
    assert.deepEqual(strays.splice(0), []);
  });
});

describe('between nodes', { skip: withoutRedis }, () => {
  test('a cut cable is noticed by silence; what was asked rejects, and nothing is kept for later', async (t) => {
    const redis = await newRedis(t);
    const join = redisNodes(t);
    const proxy = await newTcpProxy(t, 7_999);
    const a = await join('node-1.a', { url: redis.url });
    const b = await join('node-2.a', { url: redis.url, meshPort: 7_999, meshUrl: `http://127.0.0.1:${proxy.port}` });
    await until(() => a.mesh.stateOf('node-2.a') === 'up');
    const heard: object[] = [];
    b.mesh.serve(async (_, message) => void heard.push(message));
    await a.mesh.ask('node-2.a', { n: 1 });
    proxy.cut();
    const since = performance.now();
    const asked = assert.rejects(a.mesh.ask('node-2.a', { n: 2 }));
    a.mesh.tell('node-2.a', { n: 3 });
    await asked;
    assert.ok(performance.now() - since < 2 * shortTimes.meshSilentMs);
    assert.equal(a.mesh.stateOf('node-2.a'), 'down');
    await assert.rejects(a.mesh.ask('node-2.a', { n: 4 }));
    a.mesh.tell('node-2.a', { n: 5 });
    await sleep(500);
    proxy.heal();
    await until(() => a.mesh.stateOf('node-2.a') === 'up');
    a.mesh.tell('node-2.a', { n: 6 });
    await until(() => heard.length > 1);
    assert.deepEqual(heard, [{ n: 1 }, { n: 6 }]);
  });

  test('whoever does not know the secret is not let in, and is not believed', async (t) => {
    const redis = await newRedis(t);
    const join = redisNodes(t);
    const a = await join('node-1.a', { url: redis.url });
    const stranger = await join('node-2.a', { url: redis.url, secret: 'another secret of many characters' });
    let isAsked = false;
    for (const { mesh } of [a, stranger]) mesh.serve(async () => (isAsked = true));
    await until(() => a.membership.nodes.length === 2);
    await sleep(3 * shortTimes.meshSilentMs);
    assert.deepEqual([a.mesh.stateOf('node-2.a'), stranger.mesh.stateOf('node-1.a')], ['down', 'down']);
    await assert.rejects(stranger.mesh.ask('node-1.a', {}));
    assert.equal(isAsked, false);
  });

  test('a node that was started again at the same address is another node', async (t) => {
    const redis = await newRedis(t);
    const join = redisNodes(t);
    const a = await join('node-1.a', { url: redis.url });
    const before = await join('node-2.a', { url: redis.url, meshPort: 7_998 });
    await until(() => a.mesh.stateOf('node-2.a') === 'up');
    await before.crash();
    const after = await join('node-2.b', { url: redis.url, meshPort: 7_998 });
    after.mesh.serve(async () => ({ by: 'node-2.b' }));
    await until(() => a.mesh.stateOf('node-2.b') === 'up' && sees(a, 'node-1.a', 'node-2.b'));
    await assert.rejects(a.mesh.ask('node-2.a', {}));
    assert.deepEqual(await a.mesh.ask('node-2.b', {}), { by: 'node-2.b' });
  });
});

test('no connection is revived with rights it no longer has, and no node waits for all the others', () => {
  const io = createSockets({ limits: defaultLimits, allowedOrigins: [], trustedProxies: 0 });
  assert.equal(
    (io as unknown as { opts: { connectionStateRecovery?: object } }).opts.connectionStateRecovery,
    undefined,
  );
  for (const file of globSync('{src,handlers}/**/*.ts'))
    assert.doesNotMatch(
      readFileSync(file, 'utf8'),
      /\.(fetchSockets|serverSideEmitWithAck|allSockets|socketsJoin|socketsLeave)\(|createShardedAdapter/,
      file,
    );
});
