/** Everything stored of events and states passes the codec: with one that scrambles, nothing readable lies in the database. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import { appUrl } from '../../src/store/app-url.ts';
import type { Codec } from '../../src/store/codec.ts';
import { createOrm } from '../../src/store/orm.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { newDatabase } from '../support/postgres.ts';
import { silentLog } from '../support/silent-log.ts';

const scrambled: Codec = {
  seal: (room, json) => JSON.stringify({ [room]: Buffer.from(json).toString('base64') }),
  open: (room, stored) => JSON.parse(Buffer.from((stored as Record<string, string>)[room]!, 'base64').toString()),
};

test('what is written through a codec is unreadable at rest and comes back as it was', async (t) => {
  const databaseUrl = appUrl(await newDatabase(t));
  const orm = await createOrm(databaseUrl, { poolMax: 1, log: silentLog });
  const options = { databaseUrl, orm, tables: new Map(), poolMax: 1, timeoutMs: 5_000, rememberMax: 9, log: silentLog };
  const store = createPostgresStore({ ...options, codec: scrambled });
  t.after(() => void Promise.all([store.close(), orm.close()]));
  const room = 'till/1';
  const at = '2026-01-01T09:00:00.000Z';
  const event = { room, epoch: 1, type: 'noted', version: 1, byId: 'ann', bySeat: 'owner', at, correlationId: null };
  const secret = { text: 'canary-4711' };
  const none = { rows: [], deadlinesSet: [], deadlinesCleared: [], jobs: [] };
  const events = [1, 2].map((seq) => ({
    ...event,
    seq,
    dataJson: JSON.stringify(secret),
    commandId: randomUUIDv7(),
    commandHash: 'ab',
  }));
  await store.append({
    owner: 'a',
    heads: [{ room, kind: 'till', epoch: 1, lo: 0, hi: 2, isNew: true }],
    events,
    ...none,
  });
  await store.saveSnapshots([{ room, seq: 1, epoch: 1, version: 1, state: secret, at }]);

  const stored = (await store.read(room))!;
  assert.deepEqual([stored.snapshot!.state, stored.tail.map(({ data }) => data)], [secret, [secret]]);
  const rows = await orm.em
    .getConnection()
    .execute('select data::text as t from room_event union all select state::text from room_snapshot');
  assert.doesNotMatch(JSON.stringify(rows), /canary/);
});
