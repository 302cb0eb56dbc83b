/** The twin of many-killed.test.ts: nodes that ack before they commit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutRedis } from '../../support/redis.ts';
import { withoutBalancer } from '../many/balancer.ts';
import { killedAmongMany } from '../many/killed.ts';

test('nodes that ack before they commit are found out', { skip: withoutRedis || withoutBalancer }, async (t) => {
  const { red, figures } = await killedAmongMany(t, 'ack-before-commit');
  assert.ok(red.ackedIsThere);
  assert.ok(figures.lost > 0);
});
