/** Three nodes, one of them killed under load. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutRedis } from '../../support/redis.ts';
import { withoutBalancer } from '../many/balancer.ts';
import { killedAmongMany } from '../many/killed.ts';
import { percentile } from '../many/trial.ts';

test('when one of three nodes is killed, the others go on with its rooms, and nothing is lost', {
  skip: withoutRedis || withoutBalancer,
}, async (t) => {
  const { red, owned, firsts, figures } = await killedAmongMany(t);
  assert.deepEqual(red, {});
  assert.ok(owned.size >= 20, 'it had rooms');
  assert.ok(firsts.length >= owned.size / 2, 'they were asked for');
  assert.ok(percentile(firsts, 0.5) < 1_000);
  assert.equal(figures.refused, 0);
});
