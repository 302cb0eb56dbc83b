/** Nodes that share Redis count wrong passwords together; without it each counts by itself, and logins go on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createThrottle } from '../../src/auth/throttle.ts';
import { defaultLimits } from '../../src/limits.ts';
import { openRedis } from '../../src/redis/connections.ts';
import { redisAddress } from '../../src/redis/address.ts';
import { newRedis, withoutRedis } from '../support/redis.ts';
import { silentLog } from '../support/silent-log.ts';

test('two nodes let ten wrong passwords through between them, forgive together, and go on without Redis', {
  skip: withoutRedis,
}, async (t) => {
  const redis = await newRedis(t);
  const newNode = async () => {
    const connections = openRedis({ address: redisAddress(redis.url)!, limits: defaultLimits, log: silentLog });
    t.after(() => connections.close());
    await connections.ready(5_000);
    return createThrottle(defaultLimits, () => ({ client: connections.publisher, prefix: 'test' }));
  };
  const [one, other] = [await newNode(), await newNode()];
  const attempts = async (account: string, count: number) => {
    const answers = [];
    for (let n = 0; n < count; n++) answers.push(await (n % 2 === 0 ? one : other).begin(account, '203.0.113.1'));
    return answers;
  };
  const ann = await attempts('ann', 14);
  assert.deepEqual(
    ann.map(({ ok }) => ok),
    [...Array.from({ length: 10 }, () => true), false, false, false, false],
  );
  const refused = ann.at(-1)!;
  assert.ok(!refused.ok && refused.waitMs > 30_000 && refused.waitMs <= 60_000);

  const bob = await attempts('bob', 9);
  const last = bob.at(-1)!;
  assert.ok(last.ok);
  await last.succeeded();
  assert.ok(
    (await attempts('bob', 10)).every(({ ok }) => ok),
    'forgiven on both',
  );
  for (const key of (await redis.ask('KEYS', '*')) as string[]) {
    assert.ok(key.startsWith('test:rate:'), key);
    assert.ok(!/ann|bob|203/.test(key), 'nobody is named');
  }

  await redis.kill();
  const alone = await attempts('cleo', 20);
  assert.ok(
    alone.every(({ ok }) => ok),
    'ten at each',
  );
  assert.ok(!(await one.begin('cleo', '203.0.113.1')).ok);
});
