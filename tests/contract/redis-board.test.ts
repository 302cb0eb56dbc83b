/** The note board in a real Redis, on a clock in the test's hands: for how long a node counts that Redis does not name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Redis } from 'ioredis';
import { defaultLimits } from '../../src/limits.ts';
import { createRedisBoard } from '../../src/redis/board.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { newRedis, withoutRedis } from '../support/redis.ts';

const { memberRenewMs, memberLapseMs } = defaultLimits;

test('after an outage that emptied Redis, who was there counts until it would have lapsed, and no longer', {
  skip: withoutRedis,
  timeout: 20_000,
}, async (t) => {
  const server = await newRedis(t);
  const redis = new Redis(server.url);
  t.after(() => redis.disconnect());
  const time = createFakeClock();
  const boardOf = (self: string) =>
    createRedisBoard({
      redis,
      prefix: 'test',
      self,
      address: `http://${self}`,
      clock: time.clock,
      limits: defaultLimits,
    }).membersBoard;
  const [a, b] = [boardOf('node-1.a'), boardOf('node-2.a')];
  const seen = async () => (await a.members()).map(({ node }) => node).sort();
  await a.renew(() => true);
  await b.renew(() => true);
  assert.deepEqual(await seen(), ['node-1.a', 'node-2.a']);

  await redis.flushall();
  await time.advance(2 * memberRenewMs);
  await a.renew(() => true);
  assert.deepEqual(await seen(), ['node-1.a', 'node-2.a']);
  // The other finds Redis again only now: its connection was slower, and it says that it is here every two seconds.
  for (let ms = 0; ms < memberLapseMs - 1_000; ms += 1_000) {
    await time.advance(1_000);
    assert.deepEqual(await seen(), ['node-1.a', 'node-2.a'], `${ms} ms after`);
  }
  await time.advance(1_000);
  await a.renew(() => true);
  assert.deepEqual(await seen(), ['node-1.a']);
});
