/** The twin of many-redis.test.ts: nodes that do not say again where their rooms stand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutRedis } from '../../support/redis.ts';
import { withoutBalancer } from '../many/balancer.ts';
import { newManyTrial } from '../many/trial.ts';

test('nodes without a beacon are found out when Redis is gone', {
  skip: withoutRedis || withoutBalancer,
}, async (t) => {
  const trial = await newManyTrial(t, { fault: 'beacon-off' });
  trial.load.start();
  await trial.acked(600);
  await trial.redis!.kill();
  await trial.sent(600);
  const { red } = await trial.verdict('no beacon');
  assert.ok(red.viewsConverge);
});
