/** Three nodes, one of them frozen until its rooms are taken, and thawed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutRedis } from '../../support/redis.ts';
import { withoutBalancer } from '../many/balancer.ts';
import { frozenAmongMany } from '../many/frozen.ts';

const skip = withoutRedis || withoutBalancer;

test('what a frozen node still writes when it thaws is refused, and nobody is told otherwise', { skip }, async (t) => {
  const { red, owned, stale, figures } = await frozenAmongMany(t);
  assert.deepEqual(red, {});
  assert.ok(owned.length >= 20, 'it had rooms');
  assert.ok(stale > 0, 'it did try to write');
  assert.equal(figures.refused, 0);
});
