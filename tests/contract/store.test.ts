/** One suite for every store: what the runtime relies on holds for memory and for Postgres alike. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Appended, EventsWanted, Store, StoredRoom } from '../../src/runtime/ports.ts';
import { claimsTable } from '../../src/read/claims.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { createOrm } from '../../src/store/orm.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { appUrl } from '../../src/store/app-url.ts';
import { newDatabase } from '../support/postgres.ts';
import { silentLog } from '../support/silent-log.ts';
import { at, batch, committed, hash, turn } from './store/batches.ts';
import { sumsAreRight } from './store/sums.ts';

const suite = (
  name: string,
  open: (t: { after(release: () => void): void }) => Promise<{ store: Store; close(): Promise<void> }>,
) =>
  describe(name, () => {
    let store: Store;
    /** With the numbers of its commits, which are another each time. */
    let numbered: Store;
    let close: () => Promise<void>;
    let n = 0;
    const newRoom = () => `till/${name.length}-${++n}`;
    before(async () => {
      ({ store: numbered, close } = await open({ after }));
      store = {
        ...numbered,
        async append(...given) {
          const { mark: _, ...appended } = { mark: 0, ...(await numbered.append(...given)) };
          return appended as Appended;
        },
      };
    });
    after(() => close());

    test('a room that was never written does not exist', async () => {
      const room = newRoom();
      assert.equal(await store.activate(room, 'node-a'), null);
      assert.equal(await store.read(room), null);
      assert.equal(await store.findCommand(room, randomUUIDv7()), null);
    });

    test('what is appended comes back in order, with its commands and the seq each was answered', async () => {
      const room = newRoom();
      const ids = [randomUUIDv7(), randomUUIDv7()];
      assert.deepEqual(await store.append(batch(turn(room, 1, 0, 1, { commandId: ids[0]! }))), committed(room));
      assert.deepEqual(await store.append(batch(turn(room, 1, 1, 2, { commandId: ids[1]! }))), committed(room));
      const stored = (await store.read(room))!;
      assert.deepEqual([stored.epoch, stored.seq, stored.snapshot], [1, 3, null]);
      const paid = { type: 'paid', version: 1, byId: 'carl', bySeat: 'payer', at };
      assert.deepEqual(stored.tail, [
        { ...paid, seq: 1, data: { amount: 1 } },
        { ...paid, seq: 2, data: { amount: 2 } },
        { ...paid, seq: 3, data: { amount: 3 } },
      ]);
      assert.deepEqual(stored.remembered, [
        { id: ids[0], hash, byId: 'carl', epoch: 1, seq: 1 },
        { id: ids[1], hash, byId: 'carl', epoch: 1, seq: 3 },
      ]);
    });

    test('taking a room raises its epoch; reading it does not', async () => {
      const room = newRoom();
      await store.append(batch(turn(room, 1, 0)));
      assert.equal((await store.activate(room, 'node-b'))!.epoch, 2);
      assert.equal((await store.read(room))!.epoch, 2);
      assert.equal((await store.activate(room, 'node-c'))!.epoch, 3);
    });

    test('the owner is whoever made the room or took it last, not whoever tried to write', async () => {
      const [made, taken, none] = [newRoom(), newRoom(), newRoom()];
      const owners = async () => {
        const found = await store.ownersOf([none, taken, made, taken]);
        return found.toSorted((a, b) => (a.room < b.room ? -1 : 1));
      };
      await store.append(batch(turn(made, 1, 0), turn(taken, 1, 0)));
      const ofMade = { room: made, owner: 'node-a', epoch: 1 };
      assert.deepEqual(await owners(), [ofMade, { room: taken, owner: 'node-a', epoch: 1 }]);
      await store.activate(taken, 'node-b');
      await store.activate(none, 'node-b');
      assert.deepEqual(await owners(), [ofMade, { room: taken, owner: 'node-b', epoch: 2 }]);
      await store.append({ ...batch(turn(taken, 2, 1)), owner: 'node-b' });
      assert.deepEqual(await store.append(batch(turn(taken, 1, 2), turn(none, 1, 3))), committed());
      await store.read(taken);
      assert.deepEqual(await owners(), [ofMade, { room: taken, owner: 'node-b', epoch: 2 }]);
      assert.deepEqual(await store.ownersOf([none]), []);
      assert.deepEqual(await store.ownersOf([]), []);
    });

    test('a takeover that meets an append counts its events, or fences it', async () => {
      for (let n = 0; n < 20; n++) {
        const room = newRoom();
        await store.append(batch(turn(room, 1, 0)));
        const appending = () => store.append(batch(turn(room, 1, 1, 2)));
        const taking = () => store.activate(room, 'node-b');
        const [taken, appended] =
          n % 2 === 0
            ? await Promise.all([taking(), appending()])
            : ((await Promise.all([appending(), taking()])).reverse() as [StoredRoom | null, Appended]);
        assert.equal(appended.kind, 'committed');
        const isIn = appended.kind === 'committed' && appended.rooms.has(room);
        const seqs = isIn ? [1, 2, 3] : [1];
        assert.deepEqual([taken!.epoch, taken!.seq, taken!.tail.map(({ seq }) => seq)], [2, seqs.length, seqs]);
        assert.deepEqual((await store.read(room))!.tail, taken!.tail);
      }
    });

    test('an append under an old epoch, or not from where the room stands, leaves no trace and raises no error', async () => {
      const room = newRoom();
      await store.append(batch(turn(room, 1, 0)));
      await store.activate(room, 'node-b');
      const stale = {
        ...batch(turn(room, 1, 1)),
        deadlinesSet: [{ room, name: 'due', at }],
        jobs: [{ room, task: 'send-command', payload: {} }],
      };
      assert.deepEqual(await store.append(stale), committed());
      assert.deepEqual(await store.append(batch(turn(room, 2, 5))), committed());
      assert.deepEqual(await store.append(batch(turn(room, 1, 0))), committed());
      assert.equal((await store.read(room))!.seq, 1);
      assert.deepEqual(
        (await store.deadlinesDue('2027-01-01T00:00:00.000Z', 1_000)).filter((row) => row.room === room),
        [],
      );
    });

    test('in one batch the fenced room falls and the others stand', async () => {
      const [good, fenced, born] = [newRoom(), newRoom(), newRoom()];
      await store.append(batch(turn(good, 1, 0), turn(fenced, 1, 0)));
      await store.activate(fenced, 'node-b');
      assert.deepEqual(
        await store.append(batch(turn(good, 1, 1), turn(fenced, 1, 1), turn(born, 1, 0))),
        committed(good, born),
      );
      assert.deepEqual([(await store.read(good))!.seq, (await store.read(fenced))!.seq], [2, 1]);
    });

    test('the same command id twice in a room is refused as a repeat, and nothing of it is written', async () => {
      const room = newRoom();
      const commandId = randomUUIDv7();
      await store.append(batch(turn(room, 1, 0, 1, { commandId })));
      const again = await store.append(batch(turn(room, 1, 1, 1, { commandId })));
      assert.deepEqual([again.kind, again.kind === 'refused' && again.isRepeat], ['refused', true]);
      assert.equal((await store.read(room))!.seq, 1);
      const other = newRoom();
      const twice = batch(turn(other, 1, 0, 1, { commandId }), turn(other, 1, 1, 1, { commandId }));
      const heads = [{ ...twice.heads[0]!, hi: 2 }];
      const atOnce = await store.append({ ...twice, heads });
      assert.deepEqual([atOnce.kind, atOnce.kind === 'refused' && atOnce.isRepeat], ['refused', true]);
      assert.deepEqual(
        await store.append(batch(turn(other, 1, 0, 1, { commandId }))),
        committed(other),
        'ids are per room',
      );
    });

    test('a value that cannot be stored is refused, and the store goes on', async () => {
      const room = newRoom();
      for (const text of ['\0', 'half a pair: \ud83d', '\udc4d the other half']) {
        const refused = await store.append(batch(turn(room, 1, 0, 1, { dataJson: JSON.stringify({ text }) })));
        assert.deepEqual([refused.kind, refused.kind === 'refused' && refused.isRepeat], ['refused', false]);
      }
      const text = 'a pair: \ud83d\udc4d';
      const dataJson = JSON.stringify({ text });
      assert.deepEqual(await store.append(batch(turn(room, 1, 0, 1, { dataJson }))), committed(room));
      assert.deepEqual((await store.read(room))!.tail[0]!.data, { text });
    });

    test('an old command is found with its hash, its account and the seq of its last event', async () => {
      const room = newRoom();
      const ids = [randomUUIDv7(), randomUUIDv7()];
      await store.append(batch(turn(room, 1, 0, 2, { commandId: ids[0]! })));
      await store.append(batch(turn(room, 1, 2, 3, { commandId: ids[1]! })));
      assert.deepEqual(await store.findCommand(room, ids[0]!), { id: ids[0], hash, byId: 'carl', epoch: 1, seq: 2 });
      assert.deepEqual(await store.findCommand(room, ids[1]!), { id: ids[1], hash, byId: 'carl', epoch: 1, seq: 5 });
    });

    test('a snapshot shortens the tail, and never goes back', async () => {
      const room = newRoom();
      await store.append(batch(turn(room, 1, 0, 3)));
      const row = { room, epoch: 1, version: 1, at };
      await store.saveSnapshots([{ ...row, seq: 2, state: { total: 2 } }]);
      await store.saveSnapshots([{ ...row, seq: 1, state: { total: 1 } }]);
      const stored = (await store.activate(room, 'node-b'))!;
      assert.deepEqual(stored.snapshot, { seq: 2, version: 1, state: { total: 2 }, at });
      assert.deepEqual(
        stored.tail.map(({ seq }) => seq),
        [3],
      );
      await store.saveSnapshots([{ ...row, seq: 3, state: { total: 3 } }]);
      assert.equal((await store.read(room))!.snapshot!.seq, 3);
    });

    test('what happened is told newest first, in pages, of the types asked for', async () => {
      const room = newRoom();
      await store.append(batch(turn(room, 1, 0, 3)));
      await store.append(batch(turn(room, 1, 3, 1, { type: 'voided', dataJson: '{"why":"twice"}' })));
      await store.append(batch(turn(room, 1, 4, 2)));
      await store.saveSnapshots([{ room, epoch: 1, version: 1, at, seq: 5, state: {} }]);
      const seqs = async (wanted: EventsWanted) => (await store.eventsOf(room, wanted)).map(({ seq }) => seq);
      assert.deepEqual(await seqs({ limit: 4 }), [6, 5, 4, 3]);
      assert.deepEqual(await seqs({ before: 3, limit: 4 }), [2, 1]);
      assert.deepEqual(await seqs({ before: 1, limit: 4 }), []);
      assert.deepEqual(await seqs({ types: ['paid'], before: 6, limit: 3 }), [5, 3, 2]);
      assert.deepEqual(await seqs({ types: ['nothing'], limit: 9 }), []);
      assert.deepEqual(await seqs({ types: [], limit: 9 }), []);
      const [voided] = await store.eventsOf(room, { types: ['voided'], limit: 1 });
      const said = { type: 'voided', version: 1, byId: 'carl', bySeat: 'payer', at };
      assert.deepEqual(voided, { ...said, seq: 4, data: { why: 'twice' } });
      assert.deepEqual(await store.eventsOf(newRoom(), { limit: 9 }), []);
    });

    test('only the newest commands are remembered, oldest first', async () => {
      const room = newRoom();
      for (let seq = 0; seq < 300; seq += 50)
        await store.append({
          ...batch(...Array.from({ length: 50 }, (_, i) => turn(room, 1, seq + i))),
          heads: [{ room, kind: 'till', epoch: 1, lo: seq, hi: seq + 50, isNew: seq === 0 }],
        });
      const { remembered } = (await store.read(room))!;
      assert.deepEqual([remembered.length, remembered[0]!.seq, remembered.at(-1)!.seq], [256, 45, 300]);
    });

    test('deadlines are set, moved, cleared, and dropped with their own time and where the room stands only', async () => {
      const room = newRoom();
      const due = async () =>
        (await store.deadlinesDue('2026-06-01T00:00:00.000Z', 1_000)).filter((row) => row.room === room);
      await store.append({
        ...batch(turn(room, 1, 0)),
        deadlinesSet: [
          { room, name: 'a', at },
          { room, name: 'b', at: '2026-07-01T00:00:00.000Z' },
        ],
      });
      assert.deepEqual(await due(), [{ room, name: 'a', at }]);
      const later = '2026-02-01T00:00:00.000Z';
      await store.append({
        ...batch(turn(room, 1, 1)),
        deadlinesSet: [{ room, name: 'a', at: later }],
        deadlinesCleared: [{ room, name: 'b' }],
      });
      await store.dropDeadline({ room, name: 'a', at }, 2);
      await store.dropDeadline({ room, name: 'a', at: later }, 1);
      await store.dropDeadline({ room, name: 'a', at: later }, 0);
      assert.deepEqual(await due(), [{ room, name: 'a', at: later }]);
      await store.dropDeadline({ room, name: 'a', at: later }, 2);
      assert.deepEqual(await due(), []);
    });

    test('a head without events moves nothing and still proves the write', async () => {
      const room = newRoom();
      const head = { room, kind: 'canary', epoch: 1, lo: 0, hi: 0 };
      assert.deepEqual(await store.append({ ...batch(), heads: [{ ...head, isNew: true }] }), committed(room));
      assert.deepEqual(await store.append({ ...batch(), heads: [{ ...head, isNew: false }] }), committed(room));
      await store.activate(room, 'node-b');
      assert.deepEqual(await store.append({ ...batch(), heads: [{ ...head, isNew: false }] }), committed());
    });

    test('a list row follows the last state written, and a fenced one is not written', async () => {
      const id = randomUUIDv7();
      const room = `claim/${id}`;
      const told = { status: 'draft', customer_id: id, is_discarded: false, skills: [], passed_by: [] };
      const row = { id, ...told, seq: 1, created_at: at, updated_at: at };
      await store.append({ ...batch(turn(room, 1, 0)), rows: [{ room, projection: 'claims', row }] });
      await store.append({
        ...batch(turn(room, 1, 1)),
        rows: [{ room, projection: 'claims', row: { ...row, status: 'submitted', seq: 2 } }],
      });
      await store.append({
        ...batch(turn(room, 1, 1)),
        rows: [{ room, projection: 'claims', row: { ...row, status: 'void', seq: 2 } }],
      });
      const { cells } = await store.sums('claims', [{ name: 'mine', by: ['id', 'status'], sums: ['seq'] }], '');
      const mine = cells['mine']!.filter(({ by }) => by[0] === id);
      assert.deepEqual(mine, [{ by: [id, 'submitted'], n: 1, sums: [2] }]);
    });

    sumsAreRight(() => numbered);
  });

void suite('memory', async () => ({ store: createMemoryStore({ rememberMax: 256 }), close: async () => {} }));

void suite('postgres', async (t) => {
  const databaseUrl = appUrl(await newDatabase(t));
  const orm = await createOrm(databaseUrl, { poolMax: 2, log: silentLog });
  const tables = new Map([['claims', claimsTable]]);
  const store = createPostgresStore({
    databaseUrl,
    orm,
    tables,
    poolMax: 3,
    timeoutMs: 5_000,
    rememberMax: 256,
    log: silentLog,
  });
  return { store, close: async () => void (await Promise.all([store.close(), orm.close()])) };
});
