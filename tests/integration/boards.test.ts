/** Whatever happens to claims, the boards show what SQL counts, and nobody had to count anew. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { kpi } from '../../rooms/board/kpi.ts';
import type { Claim } from '../../rooms/claim/claim.ts';
import { policy } from '../../rooms/claim/fake-claims.ts';
import { nextAsk, usual } from '../../rooms/claim/fake-walk.ts';
import { claimRoom } from '../../rooms/claim/room.ts';
import { rooms as register } from '../../rooms/index.ts';
import type { Caller } from '../../rooms/kit.ts';
import { systemClock as clock, systemTimers as timers } from '../../src/clock.ts';
import { createMemoryCluster } from '../../src/cluster/memory-cluster.ts';
import { createNode } from '../../src/cluster/node.ts';
import { defaultLimits } from '../../src/limits.ts';
import { counted } from '../../src/read/counted.ts';
import { projections, tables } from '../../src/read/lists.ts';
import { replay } from '../../src/runtime/replay.ts';
import { appUrl } from '../../src/store/app-url.ts';
import { createOrm } from '../../src/store/orm.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { connect } from '../support/blank-database.ts';
import { newDatabase } from '../support/postgres.ts';
import { silentLog } from '../support/silent-log.ts';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const newWorld = async (t: TestContext) => {
  const databaseUrl = await newDatabase(t);
  const owner = await connect(t, databaseUrl);
  const url = appUrl(databaseUrl);
  const orm = await createOrm(url, { poolMax: 2, log: silentLog });
  const store = createPostgresStore({
    databaseUrl: url,
    orm,
    tables,
    poolMax: 2,
    timeoutMs: 2_000,
    rememberMax: 256,
    log: silentLog,
  });
  let numbers = 0;
  const counts: string[] = [];
  const node = createNode({
    cluster: createMemoryCluster({ isSolo: true }).join('test', timers, clock),
    register,
    boards: [],
    counted,
    projections,
    reactions: [],
    facts: {
      claimNumber: async () => `CLM-2026-${String(++numbers).padStart(7, '0')}`,
      policyAtLoss: async () => policy,
      possibleDuplicates: async () => [],
      catastrophe: async () => undefined,
    },
    store,
    tell: { toSeat() {}, toWatcher() {}, seat() {}, signal() {} },
    clock,
    timers,
    meter: { command() {}, batch() {}, activated() {}, fenced() {}, patch() {}, cluster() {} },
    log: { ...silentLog, info: (_, message) => void counts.push(message) },
    limits: defaultLimits,
    random: Math.random,
  });
  node.start();
  t.after(async () => {
    await node.stop();
    await store.close();
    await orm.close();
  });
  const stateOf = async (room: string): Promise<Claim> => {
    const stored = await store.read(room);
    return stored ? (replay(claimRoom, stored).state as Claim) : claimRoom.initial;
  };
  return { node, owner, stateOf, counts };
};

test('after random walks the boards show what SQL counts, also those who began to look midway', async (t) => {
  const { node, owner, stateOf, counts } = await newWorld(t);
  const seed = Number(process.env['WALK_SEED'] ?? Date.now() % 1_000_000);
  t.diagnostic(`seed ${seed}`);
  const walk = async (n: number) => {
    const room = `claim/${randomUUIDv7()}`;
    const ask = (name: string, input: unknown, by: Caller) =>
      node.rooms.send({ room, id: randomUUIDv7(), name, input, by });
    for (const { name, input, by } of usual.slice(0, (n * 5) % (usual.length + 1))) await ask(name, input, by);
    for (let step = 0; step < 25; step++) {
      const state = await stateOf(room);
      const { name, input, by } = nextAsk(state, state.openedAt === '', seed + n * 1_000 + step);
      await ask(name, input, by);
    }
  };
  const walks = Array.from({ length: 40 }, (_, n) => n);
  const first = Promise.all(walks.slice(0, 20).map(walk));
  await wait(300);
  // While commits are under way.
  await node.figures.ready();
  await first;
  const second = Promise.all(walks.slice(20).map(walk));
  assert.deepEqual(await node.figures.verify(), []);
  await second;
  await wait(defaultLimits.boardEveryMs);
  assert.deepEqual(await node.figures.verify(), []);
  assert.deepEqual(
    counts.filter((message) => message.includes('counted anew')),
    [],
  );

  // Not the list of figures, but what else the database knows.
  const one = async (sql: string) => (await owner.query<{ n: string }>(`select (${sql})::text as n`)).rows[0]!.n;
  const open = `('submitted','triage','assigned','assessment','awaiting_info','review','approved','partially_approved','settling')`;
  const today = node.today();
  const shown = kpi(node.figures.tally!, { today });
  assert.equal(String(shown.open), await one(`select count(*) from claims where status in ${open}`));
  const assessed = await one(`select count(*) from claims where status = 'assessment'`);
  assert.equal(String(shown.assessmentsInProgress), assessed);
  const reported = `select count(distinct room) from room_event where type = 'reported' and (at at time zone 'Europe/London')::date = '${today}'`;
  assert.equal(String(shown.newToday), await one(reported));
  const closed = await one(`select count(*) from claims where status = 'closed'`);
  assert.equal(String(shown.recently.closed), closed);
  const unassigned = await one(`select count(*) from claims where status in ${open} and handler_id is null`);
  assert.equal(String(shown.unassigned), unassigned);
  for (const priority of ['P1', 'P2', 'P3', 'P4']) {
    const counted = await one(`select count(*) from claims where status in ${open} and priority = '${priority}'`);
    assert.equal(String(shown.openByPriority[priority] ?? 0), counted, priority);
  }
  const reserve = await one(`select coalesce(sum(reserve_amount), 0) from claims where currency = 'GBP'`);
  assert.equal(String(shown.money['GBP']?.reserve ?? 0), reserve);
  assert.ok(Number(closed) > 0 && shown.open > 0 && Number(reserve) > 0, 'the walks came far enough');
});

test('figures that are wrong are found out', async (t) => {
  const { node, owner } = await newWorld(t);
  const room = `claim/${randomUUIDv7()}`;
  const { name, input, by } = usual[0]!;
  await node.rooms.send({ room, id: randomUUIDv7(), name, input, by });
  await node.figures.ready();
  await owner.query(`update claim_figures set status = 'closed'`);
  assert.deepEqual(await node.figures.verify(), [
    'standing draft : 1 0 here, nothing there',
    'standing closed : nothing here, 1 0 there',
  ]);
});
