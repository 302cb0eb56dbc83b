/** The server's process is killed outright under load, and started again half a second later. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Fault } from './server.ts';
import { newTrial } from './trial.ts';

const killedUnderLoad = async (t: TestContext, fault?: Fault) => {
  const trial = await newTrial(t, { fault });
  trial.load.start();
  await trial.acked(1_000);
  await trial.server.kill9();
  await trial.sent(150);
  await trial.server.start();
  if (!fault) await trial.watchersAreBack();
  await trial.sent(1_000);
  return trial.verdict();
};

test('a server killed under load has lost nothing it acked, doubled nothing, and everyone watching comes back by themselves', async (t) => {
  const { red, figures } = await killedUnderLoad(t);
  assert.deepEqual(red, {});
  assert.ok(figures.sentPerSecond >= 300);
});

test('a server that acks before it commits is found out', async (t) => {
  const { red, figures } = await killedUnderLoad(t, 'ack-before-commit');
  assert.ok(red.ackedIsThere);
  assert.ok(figures.lost > 0);
});
