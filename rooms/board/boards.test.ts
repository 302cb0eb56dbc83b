/** What boards show, and to whom. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Caller } from '../kit.ts';
import { entitled } from '../permissions.ts';
import { createTally } from '../tally.ts';
import { agentBoard, agentsBoard } from './agents.ts';
import { catastropheBoard } from './catastrophe.ts';
import { claimsBoard } from './claims.ts';
import { cubes, type FiguresRow } from './figures.ts';
import { kpiBoard } from './kpi.ts';
import { teamsBoard } from './teams.ts';

const today = '2026-03-10';
const nothing: FiguresRow = {
  id: '',
  status: 'assigned',
  priority: 'P3',
  handler_id: null,
  in_hand_of: null,
  catastrophe_id: null,
  currency: 'GBP',
  reserve: 0,
  paid: 0,
  reported_on: '2026-03-01',
  closed_on: null,
  assessment_started_on: null,
  assessed_on: null,
  assessment_seconds: 0,
  broken_on: null,
  missed: 0,
  handling_seconds: 0,
  settled: 0,
  settlement_seconds: 0,
  interactions: 0,
  rated: 0,
  stars: 0,
  due_at: null,
  due_target: null,
};
const tallyOf = (...rows: readonly Partial<FiguresRow>[]) => {
  const tally = createTally(cubes, '2024-01-01');
  for (const row of rows) tally.count({ ...nothing, ...row }, 1);
  return tally;
};
const inHandOf = (agent: string) => ({ handler_id: agent, in_hand_of: agent });
const closedBy = (agent: string, day: string, more: Partial<FiguresRow> = {}) => ({
  status: 'closed',
  handler_id: agent,
  closed_on: day,
  handling_seconds: 100,
  ...more,
});
const about = { today, name: '', teamOf: () => null };

test('the claims board counts every claim where it stands, but no draft that was thrown away', () => {
  const tally = tallyOf({ status: 'draft' }, { status: 'draft' }, { status: 'triage' }, { status: null });
  assert.deepEqual(claimsBoard.view.staff(tally, about), { byStatus: { draft: 2, triage: 1 }, total: 3 });
});

test('the board of all says what is open and how urgent, late, waiting, new and closed today', () => {
  const tally = tallyOf(
    { status: 'draft', priority: null, reported_on: null },
    { status: 'triage', priority: 'P1', missed: 1, reported_on: today },
    { status: 'submitted', priority: null, reported_on: today },
    { status: 'assessment', ...inHandOf('a') },
    { status: 'denied', missed: 1 },
    closedBy('a', today),
  );
  const { recently: _, ...shown } = kpiBoard.view.staff(tally, about) as Record<string, unknown>;
  assert.deepEqual(shown, {
    today,
    open: 3,
    openByPriority: { P1: 1, none: 1, P3: 1 },
    openByStatus: { triage: { P1: 1 }, submitted: { none: 1 }, assessment: { P3: 1 } },
    late: 1,
    unassigned: 2,
    assessmentsInProgress: 1,
    newToday: 2,
    closedToday: 1,
    money: {},
    catastrophes: {},
  });
});

test('times, promises kept and ratings are averages over what was closed in the last thirty days', () => {
  const tally = tallyOf(
    closedBy('a', '2026-03-10', { missed: 1, rated: 1, stars: 5, interactions: 4 }),
    closedBy('a', '2026-02-08', { handling_seconds: 301, settled: 1, settlement_seconds: 250, rated: 1, stars: 4 }),
    closedBy('b', '2026-02-10', { interactions: 1 }),
    closedBy('b', '2026-02-07', { handling_seconds: 9_999_999, missed: 1 }),
  );
  const { recently } = kpiBoard.view.staff(tally, about) as { recently: object };
  assert.deepEqual(recently, {
    closed: 2,
    interactions: 5,
    rated: 1,
    slaMetPercent: 50,
    handlingSeconds: 100,
    rating: 5,
  });
  const { recently: before } = kpiBoard.view.staff(tally, { ...about, today: '2026-03-09' }) as { recently: object };
  assert.deepEqual(before, {
    closed: 2,
    interactions: 1,
    rated: 1,
    slaMetPercent: 100,
    handlingSeconds: 201,
    settlementSeconds: 250,
    rating: 4,
  });
});

test('money is summed by currency, and a currency of nothing is left out', () => {
  const tally = tallyOf(
    { reserve: 500, paid: 20 },
    { reserve: 1 },
    { currency: 'EUR', paid: 7 },
    { currency: 'SEK' },
    { currency: null },
  );
  const { money } = kpiBoard.view.staff(tally, about) as { money: object };
  assert.deepEqual(money, { GBP: { reserve: 501, paid: 20 }, EUR: { reserve: 0, paid: 7 } });
});

test('supervisors see what each agent has in hand and has closed; an agent the same of themselves', () => {
  const tally = tallyOf(
    { ...inHandOf('a'), priority: 'P1', missed: 1 },
    { ...inHandOf('a') },
    closedBy('a', today, { rated: 1, stars: 3 }),
    closedBy('b', today, { missed: 1 }),
  );
  const ofA = {
    inHand: 2,
    late: 1,
    byPriority: { P1: 1, P3: 1 },
    recently: { closed: 1, interactions: 0, rated: 1, slaMetPercent: 100, handlingSeconds: 100, rating: 3 },
  };
  const ofB = {
    inHand: 0,
    late: 0,
    byPriority: {},
    recently: { closed: 1, interactions: 0, rated: 0, slaMetPercent: 0, handlingSeconds: 100 },
  };
  assert.deepEqual(agentsBoard.view.lead(tally, about), { agents: { a: ofA, b: ofB } });
  assert.deepEqual(agentBoard.view.self(tally, { ...about, name: 'a' }), ofA);
  const nobody = { inHand: 0, late: 0, byPriority: {}, recently: { closed: 0, interactions: 0, rated: 0 } };
  assert.deepEqual(agentBoard.view.self(tally, { ...about, name: 'c' }), nobody);
});

test('a catastrophe has a board of its own', () => {
  const tally = tallyOf(
    { catastrophe_id: 'storm', reserve: 10 },
    { catastrophe_id: 'storm', status: 'closed', paid: 5 },
    { catastrophe_id: 'flood', status: 'triage' },
    {},
  );
  assert.deepEqual(catastropheBoard.view.staff(tally, { ...about, name: 'storm' }), {
    total: 2,
    open: 1,
    byStatus: { assigned: 1, closed: 1 },
    money: { GBP: { reserve: 10, paid: 5 } },
  });
  const { catastrophes } = kpiBoard.view.staff(tally, about) as { catastrophes: object };
  assert.deepEqual(catastrophes, { storm: { total: 2, open: 1 }, flood: { total: 1, open: 1 } });
});

test('staff see the operation, who leads the agents too, an agent nobody else, customers nothing', () => {
  const by = (role: string, agentId?: string): Caller =>
    entitled({
      accountId: 'x',
      roles: [role],
      limits: { reserve: 0, payment: 0 },
      ...(agentId !== undefined && { agentId }),
    });
  for (const board of [claimsBoard, kpiBoard, catastropheBoard]) {
    for (const role of ['agent', 'supervisor']) assert.equal(board.seat(by(role), ''), 'staff');
    for (const role of ['customer', 'auditor', 'nobody']) assert.equal(board.seat(by(role), ''), null);
  }
  for (const role of ['supervisor', 'auditor']) assert.equal(agentsBoard.seat(by(role), ''), 'lead');
  for (const role of ['agent', 'customer']) assert.equal(agentsBoard.seat(by(role, 'a'), ''), null);
  assert.equal(agentBoard.seat(by('agent', 'a'), 'a'), 'self');
  assert.equal(agentBoard.seat(by('agent', 'a'), 'b'), null);
  assert.equal(agentBoard.seat(by('customer', 'a'), 'a'), null);
  assert.equal(agentBoard.seat(by('supervisor', 'a'), 'a'), 'lead');
});

test('the board of teams adds up who is in them; whose record names none are shown together', () => {
  const teams: Readonly<Record<string, string>> = { a: 'Motor', b: 'Motor', c: 'Home' };
  const tally = tallyOf(
    { ...inHandOf('a'), missed: 1 },
    { ...inHandOf('a'), priority: 'P1' },
    inHandOf('b'),
    inHandOf('stranger'),
    closedBy('b', today, { rated: 1, stars: 4 }),
    closedBy('a', today, { rated: 1, stars: 5, handling_seconds: 300 }),
    closedBy('c', today),
    closedBy('c', '2026-01-01'),
  );
  const shown = teamsBoard.view.lead(tally, { ...about, teamOf: (agentId) => teams[agentId] ?? null }) as {
    teams: Record<string, object>;
  };
  const nothing = { closed: 0, interactions: 0, rated: 0 };
  assert.deepEqual(shown.teams, {
    Motor: {
      agents: 2,
      inHand: 3,
      late: 1,
      byPriority: { P3: 2, P1: 1 },
      recently: { closed: 2, interactions: 0, rated: 2, rating: 4.5, slaMetPercent: 100, handlingSeconds: 200 },
    },
    none: { agents: 1, inHand: 1, late: 0, byPriority: { P3: 1 }, recently: nothing },
    Home: {
      agents: 0,
      inHand: 0,
      late: 0,
      byPriority: {},
      recently: { ...nothing, closed: 1, slaMetPercent: 100, handlingSeconds: 100 },
    },
  });
});
