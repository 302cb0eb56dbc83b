/** The server is asked to stop under load, as every deployment does, and started again. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Fault } from './server.ts';
import { newTrial } from './trial.ts';

const restartedUnderLoad = async (t: TestContext, fault?: Fault) => {
  const trial = await newTrial(t, { fault });
  trial.load.start();
  await trial.acked(1_000);
  const exitCode = await trial.server.terminate();
  await trial.server.start();
  if (!fault) await trial.watchersAreBack();
  await trial.sent(1_000);
  return { exitCode, ...(await trial.verdict()) };
};

test('a server that is restarted under load ends with code 0, and no command fails or loses its answer', async (t) => {
  const { exitCode, red, figures } = await restartedUnderLoad(t);
  assert.equal(exitCode, 0);
  assert.deepEqual(red, {});
  assert.equal(figures.repeated, 0);
});

test('a server that refuses for good while it stops is found out', async (t) => {
  const { red } = await restartedUnderLoad(t, 'unknown-is-failed');
  assert.ok(red.nothingFails);
});
