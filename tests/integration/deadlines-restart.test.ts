/** What fell due while the server was down happens once when it is back: a real stop, real time, the same database. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { loss } from '../../rooms/claim/fake-claims.ts';
import { loadConfig } from '../../src/config.ts';
import { sendPast } from '../../src/demo/send-past.ts';
import { type Foundations, start } from '../../src/main.ts';
import { system } from '../../src/runtime/system.ts';
import { until } from '../faults/until.ts';
import { newDatabase } from '../support/postgres.ts';
import { silentLog } from '../support/silent-log.ts';

test('an answer that was not given, and a notice put aside, while the server was down: each happens once on its return', async (t) => {
  const databaseUrl = await newDatabase(t);
  const owner = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  owner.on('error', () => {});
  const launch = (before?: (made: Foundations) => Promise<void>) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'claimroom-restart-'));
    t.after(() => rmSync(dataDir, { recursive: true, force: true }));
    const env = { NODE_ENV: 'test', HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, DATABASE_URL: databaseUrl };
    return start(loadConfig({ ...env, LOG_LEVEL: 'silent' }), silentLog, before && { before });
  };
  const events = async (room: string, type: string) =>
    (
      await owner.query<{ at: Date; by_id: string }>('select at, by_id from room_event where room = $1 and type = $2', [
        room,
        type,
      ])
    ).rows;

  const agentId = randomUUIDv7();
  const accountId = randomUUIDv7();
  const claim = `claim/${randomUUIDv7()}`;
  const inbox = `inbox/${accountId}`;
  const noticeId = randomUUIDv7();
  const past = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const urgent = { ...loss, occurredOn: '2026-01-05', isInjury: true, isDrivable: false, isThirdPartyInvolved: true };

  // Given out twenty minutes ago: P1 is to be answered within five, at any hour.
  let server = await launch(async (made) => {
    const steps = (
      [
        [22, 'report', { holderId: randomUUIDv7(), loss: urgent }],
        [21, 'triage', {}],
        [20, 'assign', { handlerId: agentId }],
      ] as const
    ).map(([minutes, name, input]) => ({
      room: claim,
      id: randomUUIDv7(),
      name,
      input,
      by: system,
      at: past(minutes),
    }));
    await sendPast(made, steps, () => {});
    // The deadline is there, and nobody looks: the node that wrote it was never started.
    const { rows } = await owner.query('select name from room_deadline where room = $1 order by name', [claim]);
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['answer-due', 'first-contact-near'],
    );
  });
  t.after(async () => {
    await server.stop();
    await owner.end();
  });
  await until('it was taken back', async () => (await events(claim, 'handedBack')).length > 0);
  const [taken] = await events(claim, 'handedBack');
  assert.equal(taken!.by_id, 'system');
  await until('and the first word is late', async () => (await events(claim, 'slaBreached')).length > 0);

  const notify = { id: noticeId, level: 'info', text: 'CLM-1: something.' };
  const send = (name: string, input: unknown, by: typeof system) =>
    server.rooms.send({ room: inbox, id: randomUUIDv7(), name, input, by });
  assert.equal((await send('notify', notify, system)).ok, true);
  const person = { accountId, roles: ['customer'], permissions: [], limits: { reserve: 0, payment: 0 } };
  const dueAt = Date.now() + 1_500;
  assert.equal((await send('snooze', { id: noticeId, until: new Date(dueAt).toISOString() }, person)).ok, true);
  assert.equal(await server.stop(), true);
  await sleep(dueAt + 500 - Date.now());
  assert.deepEqual(await events(inbox, 'woke'), []);

  server = await launch();
  await until('it is new again', async () => (await events(inbox, 'woke')).length > 0);
  // Looks at deadlines are a second apart: time for a second effect, if there were one.
  await sleep(2_500);
  assert.equal((await events(inbox, 'woke')).length, 1);
  assert.equal((await events(claim, 'handedBack')).length, 1);
  const { rows } = await owner.query('select name from room_deadline where room = any($1)', [[inbox, claim]]);
  assert.deepEqual(rows, [], 'nothing is left to fire');
});
