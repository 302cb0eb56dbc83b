/** Postgres answers nothing for a while, then is killed with all its processes and started again, all under load. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TestContext, test } from 'node:test';
import { commandId } from '../../client/index.ts';
import type { Fault } from './server.ts';
import { newTrial, type Trial } from './trial.ts';
import { until } from './until.ts';
import { loss } from './workload.ts';

/** Shorter than the stall: whatever is on its way then arrives twice or three times. */
const answerMsMax = 250;
const stallMs = 800;

const lostUnderLoad = async (t: TestContext, fault?: Fault) => {
  const trial = await newTrial(t, { answerMsMax, fault });
  const postgres = trial.postgres!;
  trial.load.start();
  await trial.acked(700);
  await postgres.freeze();
  await sleep(stallMs);
  postgres.thaw();
  await trial.acked(500);
  await postgres.kill9();
  await trial.sent(150);
  await postgres.start();
  await trial.sent(1_000);
  return { trial, ...(await trial.verdict()) };
};

/** The job queue has connections of its own; it must have found back, too. */
const triagesAgain = async ({ load, ledger }: Trial) => {
  const { client, person } = load.supervisors[0]!;
  const claim = client.room(`claim/${commandId()}`);
  const reported = await ledger.send(person, claim, 'report', { holderId: randomUUID(), loss });
  assert.ok(reported.ok);
  await claim.join();
  await until('a claim reported after the fault is triaged', () => claim.state.view?.status === 'triage');
};

test('when Postgres stalls and dies, nobody is told that something failed, and everything happens once', async (t) => {
  const { red, trial } = await lostUnderLoad(t);
  assert.deepEqual(red, {});
  await triagesAgain(trial);
});

test('a server that forgets which commands it has done is found out', async (t) => {
  const { red, figures } = await lostUnderLoad(t, 'dedupe-off');
  assert.ok(red.effectsOnce);
  assert.ok(figures.duplicated > 0);
});

test('a server that takes unknown for failed is found out', async (t) => {
  const { red } = await lostUnderLoad(t, 'unknown-is-failed');
  assert.ok(red.nothingFails);
});
