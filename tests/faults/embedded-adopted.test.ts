/** A server that brought its own Postgres is killed; its Postgres lives on, and the next start takes it over. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { isAlive, readPidFile } from '../../src/store/embedded/postmaster.ts';
import type { Fault } from './server.ts';
import { newTrial } from './trial.ts';

const killedBesideItsPostgres = async (t: TestContext, fault?: Fault) => {
  const trial = await newTrial(t, { isEmbedded: true, claims: 10, perSecond: 60, watchers: 10, fault });
  const pid = postgresOf(trial.dataDir);
  trial.load.start();
  await trial.sent(100);
  await trial.server.kill9();
  assert.ok(isAlive(pid));
  await trial.sent(20);
  await trial.server.start();
  assert.equal(postgresOf(trial.dataDir), pid);
  await trial.acked(100);
  return { server: trial.server, pid, ...(await trial.verdict()) };
};

const postgresOf = (dataDir: string): number => readPidFile(join(dataDir, 'postgres'))!.pid;

test('a server that is killed beside its own Postgres finds it again, with everything in it', async (t) => {
  const { red, server, pid } = await killedBesideItsPostgres(t);
  assert.deepEqual(red, {});
  assert.equal(await server.terminate(), 0);
  assert.ok(!isAlive(pid));
});

test('a server that acks before it commits is found out beside its own Postgres, too', async (t) => {
  const { red, figures } = await killedBesideItsPostgres(t, 'ack-before-commit');
  assert.ok(red.ackedIsThere);
  assert.ok(figures.lost > 0);
});
