/** The demo's past in a real database: filled, found complete by the next start, and completed if the first one was interrupted. */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { systemClock as clock, systemTimers as timers } from '../../src/clock.ts';
import { createCover } from '../../src/demo/past/cover.ts';
import { fillDemo } from '../../src/demo/demo.ts';
import { demoPast } from '../../src/demo/past/past.ts';
import { demoAccounts } from '../../src/demo/people.ts';
import { demoPolicies } from '../../src/demo/policies.ts';
import { createAgents } from '../../src/desk/agents.ts';
import { createFacts } from '../../src/facts.ts';
import { defaultLimits as limits } from '../../src/limits.ts';
import { createPolicies } from '../../src/policies/policies.ts';
import { tables } from '../../src/read/lists.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { newAuth, silent } from '../support/auth.ts';

const newDemo = async (t: TestContext) => {
  const { databaseUrl, orm, owner, accounts } = await newAuth(t);
  const policies = createPolicies(orm);
  const start = async (say: (line: string) => void = () => {}) => {
    const store = createPostgresStore({
      databaseUrl,
      orm,
      tables,
      poolMax: 2,
      timeoutMs: 10_000,
      rememberMax: limits.dedupeCommandsMax,
      log: silent,
    });
    const facts = createFacts(orm, policies);
    try {
      await fillDemo(
        { accounts, policies, agents: createAgents(orm), facts, store, clock, timers, limits, log: silent },
        say,
      );
    } finally {
      await store.close();
    }
  };
  const rows = async (sql: string) => (await owner.query(sql)).rows;
  /** When it was first filled: where the past ends. */
  const now = async () => {
    const [row] = await rows(`select min(recorded_at) as at from policy_versions`);
    return (row.at as Date).toISOString();
  };
  return { policies, start, rows, now };
};

const commands = `
  select room, command_id as id, at, by_id as by from room_event where command_id is not null order by room, seq`;

/** Every step of the past was taken once, by whom and when the story says, and nothing else was. */
const holdsThePast = async ({ rows, now }: Awaited<ReturnType<typeof newDemo>>) => {
  const { steps, claims } = demoPast(await now());
  const taken = (await rows(commands)).map(({ room, id, at, by }) => `${room} ${id} ${at.toISOString()} ${by}`);
  const told = steps.map(({ room, id, at, by }) => `${room} ${id} ${at} ${by.accountId}`);
  assert.deepEqual(taken.toSorted(), told.toSorted());

  const listed = await rows(`select 'claim/' || id as room, status from claims where not is_discarded`);
  assert.equal(listed.length, 300);
  for (const { room, status } of listed) assert.equal(status, claims.get(room)?.status, room);
};

describe('the demo', { timeout: 120_000 }, () => {
  test('fills an empty database with three hundred claims of eight weeks, and says how far it is', async (t) => {
    const demo = await newDemo(t);
    const said: string[] = [];
    await demo.start((line) => said.push(line));
    assert.equal(said.at(-1), 'filling the demo: 300 of 300 claims');
    await holdsThePast(demo);

    const [{ days }] = await demo.rows(`select count(distinct at::date)::int as days from room_event`);
    assert.ok(days > 50, `events on ${days} days`);
    const numbers = await demo.rows(
      `select claim_number as number from claims join room_event on room = 'claim/' || id and type = 'reported' order by at`,
    );
    const inOrder: number[] = numbers.map(({ number }) => Number(number.slice(-7)));
    assert.deepEqual(
      inOrder,
      inOrder.toSorted((a, b) => a - b),
      'claims are numbered in the order they came',
    );
    const [{ count }] = await demo.rows(`select count(*)::int from accounts`);
    assert.equal(count, demoAccounts.length);

    const [before] = await demo.rows(`select count(*)::int as events, max(seq)::int as seq from room_event`);
    await demo.start(() => assert.fail('there is nothing left to fill'));
    const [after] = await demo.rows(`select count(*)::int as events, max(seq)::int as seq from room_event`);
    assert.deepEqual(after, before, 'a second start adds nothing');
  });

  test('completes what an interrupted first start has left', async (t) => {
    const demo = await newDemo(t);
    const interrupted = new Error('Ctrl+C');
    const stop = demo.start((line) => {
      if (line.includes('120 of')) throw interrupted;
    });
    await assert.rejects(stop, interrupted);
    const [{ begun }] = await demo.rows(`select count(*)::int as begun from claims`);
    assert.ok(begun >= 100 && begun < 300, `${begun} claims`);
    await demo.start();
    await holdsThePast(demo);
  });

  test('insures its people: each loss is read as the story reads it, and later policies are renewed', async (t) => {
    const { policies } = await newDemo(t);
    const today = '2026-11-20';
    const first = await policies.importMany(demoPolicies(today));
    assert.deepEqual([first.refused, first.unchanged], [[], 0]);
    const coverAt = createCover(demoPolicies(today));
    const { claims } = demoPast(`${today}T15:00:00.000Z`);
    for (const { loss } of [...claims.values()].slice(0, 80)) {
      const { policyNumber, occurredOn } = loss;
      if (policyNumber === undefined || occurredOn === undefined) continue;
      assert.deepEqual(await policies.coverAt(policyNumber, occurredOn), coverAt(policyNumber, occurredOn));
    }
    const later = demoPolicies('2031-08-01');
    const again = await policies.importMany(later);
    assert.deepEqual([again.refused, again.created, again.changed], [[], 0, later.length]);
    for (const { number } of later.slice(0, 20))
      assert.equal((await policies.inForceAt(number, '2031-08-01'))?.inForce, true);
  });
});
