/** Postgres is killed under three nodes and comes back; and one of them cannot reach it for a while. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutRedis } from '../../support/redis.ts';
import { withoutBalancer } from '../many/balancer.ts';
import { newManyTrial } from '../many/trial.ts';

const skip = withoutRedis || withoutBalancer;

test('when Postgres is killed under three nodes, everything is done once it is back, and once only', {
  skip,
}, async (t) => {
  const trial = await newManyTrial(t);
  trial.load.start();
  await trial.acked(600);
  await trial.postgres.kill9();
  await trial.sent(300);
  await trial.postgres.start();
  await trial.sent(1_200);
  const { red, figures } = await trial.verdict('Postgres kill -9, back after 1 s');
  assert.deepEqual(red, {});
  assert.equal(figures.refused, 0);
});

test('a node that cannot reach Postgres acks nothing it could not write, and goes on when it can', {
  skip,
}, async (t) => {
  const trial = await newManyTrial(t, { cuttable: 'postgres' });
  trial.load.start();
  await trial.acked(600);
  trial.proxy!.cut();
  await trial.sent(1_800);
  trial.proxy!.heal();
  await trial.sent(900);
  const { red, figures } = await trial.verdict('one node cut off from Postgres for 6 s');
  assert.deepEqual(red, {});
  assert.equal(figures.refused, 0);
});
