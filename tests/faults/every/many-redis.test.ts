/** Redis dies, comes back with nothing in it, and is emptied: nobody's command minds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutRedis } from '../../support/redis.ts';
import { withoutBalancer } from '../many/balancer.ts';
import { newManyTrial } from '../many/trial.ts';

const skip = withoutRedis || withoutBalancer;

test('without Redis, and with an empty one, commands are acked as ever and watchers are told', { skip }, async (t) => {
  const trial = await newManyTrial(t);
  const redis = trial.redis!;
  trial.load.start();
  await trial.acked(600);
  await redis.kill();
  await trial.sent(1_200);
  await redis.start();
  await trial.sent(600);
  await redis.ask('FLUSHALL');
  await trial.sent(600);
  const { red, figures, outageMs } = await trial.verdict('Redis killed, back after 4 s, FLUSHALL');
  assert.deepEqual(red, {});
  assert.equal(figures.refused, 0);
  assert.ok(outageMs < 2_000, `somebody waited for ${Math.round(outageMs)} ms`);
});
