/** One node cannot reach Redis for a while; it knows nothing of it but silence. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutRedis } from '../../support/redis.ts';
import { withoutBalancer } from '../many/balancer.ts';
import { newManyTrial } from '../many/trial.ts';

test('a node that cannot reach Redis goes on with its rooms, and everybody sees what happens in them', {
  skip: withoutRedis || withoutBalancer,
}, async (t) => {
  const trial = await newManyTrial(t, { cuttable: 'redis' });
  trial.load.start();
  await trial.acked(600);
  trial.proxy!.cut();
  // Longer than a node counts as a member without saying so.
  await trial.sent(3_000);
  trial.proxy!.heal();
  await trial.sent(900);
  const { red, figures } = await trial.verdict('one node cut off from Redis for 10 s');
  assert.deepEqual(red, {});
  assert.equal(figures.refused, 0);
});
