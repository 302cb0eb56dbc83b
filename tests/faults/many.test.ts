/** Three nodes on a bad day: one killed, one frozen until its rooms are taken, Redis gone and emptied, then all of them restarted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutRedis } from '../support/redis.ts';
import { withoutBalancer } from './many/balancer.ts';
import { freezable, freezeUntilTaken, frozenAmongMany } from './many/frozen.ts';
import { newManyTrial } from './many/trial.ts';

const skip = withoutRedis || withoutBalancer;
/** Half of what `npm run faults` does, for machines that are busy: the same faults meet the same code. */
const modest = { claims: 100, perSecond: 150, watchers: 100 };

test('whatever happens to one of three nodes, or to Redis, no command is lost, doubled or refused, and everyone sees the same', {
  skip,
}, async (t) => {
  const trial = await newManyTrial(t, { ...modest, ...freezable });
  const { one, two, three } = trial.nodes;
  const redis = trial.redis!;
  trial.load.start();
  await trial.acked(150);

  await two.kill9();
  await trial.sent(150);
  await two.start();

  assert.ok((await trial.roomsOf('three')).size > 0, 'it has rooms');
  const { stale } = await freezeUntilTaken(trial, 'three');
  await trial.sent(150);

  await redis.kill();
  await trial.sent(300);
  await redis.start();
  await trial.sent(150);
  await redis.ask('FLUSHALL');
  await trial.sent(150);

  for (const node of [one, two, three]) {
    assert.equal(await node.terminate(), 0);
    await node.start();
  }
  await trial.sent(150);

  const { red, figures } = await trial.verdict(
    'killed, frozen, no Redis, FLUSHALL, rolling restart',
    () => `stale writes refused: ${stale}`,
  );
  assert.deepEqual(red, {});
  assert.equal(figures.refused, 0);
  assert.ok(stale > 0, 'the frozen one did try to write');
});

test('nodes whose writes are not fenced are found out', { skip }, async (t) => {
  const { red } = await frozenAmongMany(t, 'fence-off', modest);
  assert.ok(red.decidedOnTruth);
});
