/** The Redis master freezes, the sentinels choose another, and the frozen one comes back believing it is still master. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutRedis } from '../../support/redis.ts';
import { withoutBalancer } from '../many/balancer.ts';
import { newSentinels, withoutSentinel } from '../many/sentinel.ts';
import { newManyTrial } from '../many/trial.ts';
import { until } from '../until.ts';

test('a Redis that is frozen and replaced by its sentinels is nobody’s trouble', {
  skip: withoutRedis || withoutBalancer || withoutSentinel,
}, async (t) => {
  const sentinels = await newSentinels(t);
  const trial = await newManyTrial(t, { redisUrl: sentinels.url });
  trial.load.start();
  await trial.acked(600);
  const at = performance.now();
  sentinels.master.freeze();
  await until('another is master', async () => (await sentinels.masterPort()) !== sentinels.master.port, 30_000);
  const chosenMs = performance.now() - at;
  await trial.sent(1_200);
  sentinels.master.thaw();
  await trial.sent(900);
  const { red, figures, outageMs } = await trial.verdict(
    'Redis master frozen under Sentinel, thawed',
    () => `another master after ${Math.round(chosenMs)} ms`,
  );
  assert.deepEqual(red, {});
  assert.equal(figures.refused, 0);
  assert.ok(outageMs < 2_000, `somebody waited for ${Math.round(outageMs)} ms`);
});
