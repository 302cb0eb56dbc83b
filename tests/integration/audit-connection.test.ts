/** The audit's own connection, lost without a word in the middle of its work: whoever asked is told, and the next one goes on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { createRoomShelf } from '../../src/audit/room-shelf.ts';
import { newDatabase } from '../support/postgres.ts';
import { silentLog } from '../support/silent-log.ts';
import { newTcpProxy } from '../support/tcp-proxy.ts';

test('is lost in a transaction: that fails, the process does not', { timeout: 20_000 }, async (t) => {
  const url = await newDatabase(t);
  const proxy = await newTcpProxy(t, Number(new URL(url).port));
  const databaseUrl = Object.assign(new URL(url), { port: String(proxy.port) }).href;
  const shelf = createRoomShelf({ databaseUrl, timeoutMs: 5_000, log: silentLog });
  t.after(() => shelf.close());
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  t.after(() => other.end());
  await other.query('select pg_advisory_lock(4217003)');

  const takingIn = shelf.takeIn([], 10, () => '');
  const waiting = `select from pg_stat_activity
    where datname = current_database() and application_name = 'claimroom audit' and wait_event_type = 'Lock'`;
  while ((await other.query(waiting)).rows.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  proxy.drop();
  await assert.rejects(takingIn);

  await other.query('select pg_advisory_unlock(4217003)');
  assert.equal(await shelf.takeIn([], 10, () => ''), 0);
});
