/** Taking a room while its former owner is in the middle of a write: the one moment at which a fence can leak. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import pg from 'pg';
import type { Appended, Batch } from '../../src/runtime/ports.ts';
import { appUrl } from '../../src/store/app-url.ts';
import { appendStatement } from '../../src/store/append-sql.ts';
import { plain } from '../../src/store/codec.ts';
import { createOrm } from '../../src/store/orm.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { newDatabase } from '../support/postgres.ts';
import { silentLog } from '../support/silent-log.ts';

const room = 'till/1';
const batch = (epoch: number, lo: number): Batch => ({
  owner: 'node-a',
  heads: [{ room, kind: 'till', epoch, lo, hi: lo + 1, isNew: lo === 0 }],
  events: [
    {
      room,
      seq: lo + 1,
      epoch,
      type: 'paid',
      version: 1,
      dataJson: '{}',
      byId: 'carl',
      bySeat: 'payer',
      at: '2026-01-01T09:00:00.000Z',
      commandId: randomUUIDv7(),
      commandHash: 'ab',
      correlationId: null,
    },
  ],
  rows: [],
  deadlinesSet: [],
  deadlinesCleared: [],
  jobs: [],
});

const opened = async (t: { after(release: () => void): void }) => {
  const databaseUrl = appUrl(await newDatabase(t));
  const orm = await createOrm(databaseUrl, { poolMax: 2, log: silentLog });
  const store = createPostgresStore({
    databaseUrl,
    orm,
    tables: new Map(),
    poolMax: 3,
    timeoutMs: 5_000,
    rememberMax: 256,
    log: silentLog,
  });
  const other = new pg.Client({ connectionString: databaseUrl });
  await other.connect();
  t.after(() => void Promise.all([store.close(), orm.close(), other.end()]));
  /** The former owner's append, held open in the middle. */
  const append = async (epoch: number, lo: number) => {
    const { text, values } = appendStatement(batch(epoch, lo), new Map(), plain);
    await other.query('begin');
    return (await other.query<{ committed: string[] | null }>({ text, values: values as string[] })).rows[0]!.committed;
  };
  return { store, other, append };
};

/** What was committed; anything else is no list. */
const roomsOf = (appended: Appended) => appended.kind === 'committed' && [...appended.rooms];

test('a takeover waits for the append in flight and includes its event', async (t) => {
  const { store, other, append } = await opened(t);
  await store.append(batch(1, 0));
  assert.deepEqual(await append(1, 1), [room]);
  const taking = store.activate(room, 'node-b');
  await sleep(100);
  await other.query('commit');
  const stored = (await taking)!;
  assert.deepEqual(
    [stored.epoch, stored.seq, stored.tail.map(({ seq }) => seq), stored.remembered.length],
    [2, 2, [1, 2], 2],
  );
  assert.deepEqual(roomsOf(await store.append(batch(2, 2))), [room]);
});

test('an append that comes after the takeover finds nothing to write to', async (t) => {
  const { store, other, append } = await opened(t);
  await store.append(batch(1, 0));
  await store.activate(room, 'node-b');
  assert.equal(await append(1, 1), null);
  await other.query('commit');
  assert.equal((await store.read(room))!.seq, 1);
});

test('an append that waits behind a takeover is fenced when the takeover commits', async (t) => {
  const { store, other } = await opened(t);
  await store.append(batch(1, 0));
  await other.query('begin');
  await other.query('update room_head set epoch = epoch + 1 where room = $1', [room]);
  const appending = store.append(batch(1, 1));
  await sleep(100);
  await other.query('commit');
  assert.deepEqual(roomsOf(await appending), []);
  assert.equal((await store.read(room))!.tail.length, 1);
});

test('what the role of the server may not do: rewrite or remove an event', async (t) => {
  const { store, other } = await opened(t);
  await store.append(batch(1, 0));
  for (const statement of [
    "update room_event set data = '{}'",
    'delete from room_event',
    'truncate room_event',
    'delete from room_head',
  ])
    await assert.rejects(other.query(statement), /permission denied/, statement);
});
