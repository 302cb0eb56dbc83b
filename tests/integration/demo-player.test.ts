/** The demo's people at work, at a pace no office has: real server, real sockets, nobody is turned away. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { dayOf } from '../../rooms/calendar.ts';
import { loss } from '../../rooms/claim/fake-claims.ts';
import { loadConfig } from '../../src/config.ts';
import { demoClaims } from '../../src/demo/claims.ts';
import { callerOf, demoAccounts, demoIds } from '../../src/demo/people.ts';
import { startPlayer } from '../../src/demo/player/player.ts';
import { demoPolicies } from '../../src/demo/policies.ts';
import { defaultLimits, type Limits } from '../../src/limits.ts';
import { start } from '../../src/main.ts';
import { inTime } from '../support/in-time.ts';
import { newDatabase } from '../support/postgres.ts';
import { silentLog } from '../support/silent-log.ts';

const strays: unknown[] = [];
process.on('unhandledRejection', (error) => strays.push(error));

/** A server with the demo's people and policies, and the one claim that visitors are shown. It may be started again, as another process would be. */
const newDemo = async (t: TestContext) => {
  const databaseUrl = await newDatabase(t);
  const owner = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  owner.on('error', () => {});
  const launch = async (port: string) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'claimroom-demo-'));
    t.after(() => rmSync(dataDir, { recursive: true, force: true }));
    const env = { NODE_ENV: 'test', HOST: '127.0.0.1', PORT: port, DATA_DIR: dataDir, DATABASE_URL: databaseUrl };
    return start(loadConfig({ ...env, LOG_LEVEL: 'silent' }), silentLog);
  };
  let server = await launch('0');
  const { url } = server;
  t.after(async () => {
    await server.stop();
    await owner.end();
    assert.deepEqual(strays.splice(0), [], 'nothing went uncaught');
  });
  await server.policies.importMany(demoPolicies(dayOf(new Date().toISOString())));
  for (const account of demoAccounts) await server.accounts.create(account);
  const by = callerOf(demoIds.carl);
  const filed = await server.rooms.send({
    room: demoClaims.first,
    id: randomUUIDv7(),
    name: 'report',
    input: { loss },
    by,
  });
  assert.ok(filed.ok);
  const query = async <Row extends object>(text: string) => (await owner.query<Row & pg.QueryResultRow>(text)).rows;
  return {
    url,
    /** Gone for a moment, and back with another key: no token of before is worth anything. */
    async restart() {
      await server.stop();
      await sleep(100);
      server = await launch(new URL(url).port);
    },
    statuses: () =>
      query<{ status: string; n: number }>('select status, count(*)::int as n from claims group by status'),
    /** Who did something to the claim that visitors are shown. */
    shown: () =>
      query<{ seat: string }>(`select distinct by_seat as seat from room_event where room = '${demoClaims.first}'`),
    events: async () => (await query<{ n: number }>('select count(*)::int as n from room_event'))[0]!.n,
  };
};

const play = (t: TestContext, url: string, limits: Partial<Limits>) => {
  const done: string[] = [];
  const refused: object[] = [];
  const said: string[] = [];
  let told = () => {};
  const over = new Promise<void>((resolve) => (told = resolve));
  const player = startPlayer({
    url,
    limits: { ...defaultLimits, demoPauseMsMin: 5, demoPauseMsMax: 10, ...limits },
    log: {
      debug(fields) {
        if ('command' in fields && !('code' in fields)) done.push(String(fields.command));
        else refused.push(fields);
      },
    },
    say(text) {
      said.push(text);
      told();
    },
  });
  t.after(() => player.stop());
  const until = async (count: number) => {
    while (done.length < count) await sleep(10);
  };
  return { player, done, refused, said, over: () => inTime(over, 'they go home', 90_000), until };
};

test('150 commands take claims through their lives, none is turned down, and then it is quiet', async (t) => {
  const demo = await newDemo(t);
  const { done, refused, said, over } = play(t, demo.url, { demoCommandsMax: 150, demoClaimsOpenMax: 6 });
  await over();
  assert.deepEqual(refused, []);
  assert.equal(done.length, 150);
  assert.equal(said.length, 1, 'that the office has closed is said once');
  const statuses = await demo.statuses();
  const closed = statuses.find(({ status }) => status === 'closed')?.n ?? 0;
  assert.ok(closed >= 2, JSON.stringify(statuses));
  const isOver = (status: string) => ['closed', 'denied', 'withdrawn', 'void'].includes(status);
  const open = statuses.filter(({ status }) => !isOver(status)).reduce((sum, { n }) => sum + n, 0);
  assert.ok(open - 1 <= 6, `no more are open than may be: ${JSON.stringify(statuses)}`);
  assert.ok(new Set(done).size >= 12, `did ${[...new Set(done)].join(', ')}`);
  const seats = (await demo.shown()).map(({ seat }) => seat).sort();
  assert.deepEqual(seats, ['holder', 'system'], 'the claim that visitors are shown is left to them');
  await sleep(200);
  const events = await demo.events();
  await sleep(200);
  assert.equal(await demo.events(), events);
});

test('a server that goes away and comes back with another key finds its people at work again', async (t) => {
  const demo = await newDemo(t);
  const { player, done, until } = play(t, demo.url, { demoAnswerMsMax: 2_000 });
  await inTime(until(15), 'they work', 50_000);
  await demo.restart();
  const before = done.length;
  await inTime(until(before + 15), 'they go on', 50_000);

  const since = performance.now();
  await player.stop();
  assert.ok(performance.now() - since < 1_000, 'in the middle of everything it stops at once');
  const count = done.length;
  await sleep(200);
  const events = await demo.events();
  await sleep(200);
  assert.equal(await demo.events(), events, 'and nothing follows');
  assert.equal(done.length, count);
});

test('where nobody answers it waits, and stops as quickly', async (t) => {
  const { player, done, said } = play(t, 'http://127.0.0.1:9', { demoAnswerMsMax: 60_000 });
  await sleep(100);
  const since = performance.now();
  await player.stop();
  assert.ok(performance.now() - since < 1_000);
  assert.deepEqual([done, said, strays], [[], [], []]);
});
