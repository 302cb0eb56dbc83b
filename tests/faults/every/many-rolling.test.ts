/** A new version is rolled out: one node after the other is asked to stop, and started again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutRedis } from '../../support/redis.ts';
import { withoutBalancer } from '../many/balancer.ts';
import { newManyTrial } from '../many/trial.ts';

const skip = withoutRedis || withoutBalancer;

test('in a rolling restart no command fails or loses its answer', { skip }, async (t) => {
  const trial = await newManyTrial(t);
  trial.load.start();
  await trial.acked(600);
  for (const node of Object.values(trial.nodes)) {
    assert.equal(await node.terminate(), 0);
    await node.start();
    await trial.sent(300);
  }
  const { red, figures, outageMs } = await trial.verdict('rolling restart of all three');
  assert.deepEqual(red, {});
  assert.equal(figures.refused, 0);
  assert.ok(outageMs < 5_000, `somebody waited for ${Math.round(outageMs)} ms`);
});
