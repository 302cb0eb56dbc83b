/** The dashboard, agents' reports and exports over REST: what they say, to whom, and what they refuse. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { gbp, newClaimPeople } from '../support/claim-people.ts';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('figures, claims, assessments and alerts say what there is', async (t) => {
  const people = await newClaimPeople(t);
  const { handler, supervisor, holder, rest, send, reported, assigned } = people;
  const first = await assigned();
  await send(handler, first, 'setReserve', { reserve: gbp(150_000), why: 'A guess.' });
  const second = await reported({ isInjury: true, isDrivable: false });
  const third = await assigned();
  await send(supervisor, third, 'assignAssessor', { assessorId: handler.agentId });
  await send(handler, third, 'startAssessment', {});
  // Weighed, as the reaction does where jobs run.
  await rest.runtime.rooms.send({
    room: `claim/${second}`,
    id: randomUUIDv7(),
    name: 'triage',
    input: {},
    by: (await import('../../src/runtime/system.ts')).system,
  });
  const kpi = await handler.get('/api/dashboard/kpi?days=7');
  assert.equal(kpi.status, 200, JSON.stringify(kpi.json));
  const { now, period, before, change } = kpi.json;
  assert.deepEqual(
    [now.open, now.unassigned, now.assessmentsInProgress, now.newToday, now.closedToday, now.late],
    [3, 1, 1, 3, 0, 0],
  );
  assert.deepEqual(now.money, { GBP: { reserve: 150_000, paid: 0 } });
  assert.deepEqual([period.reported, before.reported, change.reported], [3, 0, 3]);
  assert.equal('handlingSeconds' in change, false, 'what cannot be said is not said');

  const claims = await supervisor.get('/api/dashboard/claims?limit=2');
  assert.deepEqual([claims.json.total, claims.json.latest.length], [3, 2]);
  assert.deepEqual(claims.json.byStatus, { assigned: 1, triage: 1, assessment: 1 });
  const assessments = await handler.get('/api/dashboard/assessments');
  assert.deepEqual(
    [assessments.json.inProgress, assessments.json.waiting, assessments.json.items.map(({ id }: { id: string }) => id)],
    [1, 1, [third]],
  );
  const { period: assessed, before: earlier, change: more } = assessments.json;
  assert.deepEqual(
    [assessed.started, assessed.finished, earlier.started, more.started, more.finished, 'seconds' in assessed],
    [1, 0, 0, 1, 0, false],
  );
  await send(handler, third, 'sendForReview', {});
  const later = (await handler.get('/api/dashboard/assessments?days=1')).json;
  assert.deepEqual([later.inReview, later.period.started, later.period.finished], [1, 1, 1]);
  assert.ok(later.period.seconds >= 0 && later.period.seconds < 60, String(later.period.seconds));
  const alerts = await handler.get('/api/dashboard/alerts');
  assert.equal(alerts.status, 200, JSON.stringify(alerts.json));
  assert.deepEqual(
    alerts.json.unassigned.map(({ id, priority }: { id: string; priority: string }) => [id, priority]),
    [[second, 'P2']],
  );
  assert.equal(alerts.json.due[0].kind, 'due-soon');
  assert.deepEqual(
    [alerts.json.period.reported, alerts.json.period.broken, alerts.json.before.broken, alerts.json.change.broken],
    [3, 0, 0, 0],
  );
  assert.equal(
    alerts.json.due.some(({ id }: { id: string }) => id === second),
    true,
  );
  for (const path of ['kpi', 'claims', 'assessments', 'alerts'])
    assert.equal((await holder.get(`/api/dashboard/${path}`)).status, 403, path);
  for (const bad of ['days=0', 'days=367', 'days=x', 'surprise=1']) {
    const { status, json } = await handler.get(`/api/dashboard/kpi?${bad}`);
    assert.deepEqual(
      [status, json.code, json.details.issues[0].path],
      [400, 'invalid', bad === 'surprise=1' ? '' : 'days'],
    );
  }
});

test('an agent sees the own report, who leads sees all, and nobody else learns of anybody', async (t) => {
  const { handler, desk, supervisor, holder, assigned, rest } = await newClaimPeople(t);
  await assigned();
  await rest.runtime.figures.ready();
  await assigned();
  const own = await handler.get('/api/reports/agents/me?days=30');
  assert.deepEqual(
    [own.status, own.json.agent.inHand, own.json.agent.name, own.json.agent.closed],
    [200, 2, 'Hannah Handler', 0],
  );
  const of = `/api/reports/agents/${handler.agentId}`;
  assert.equal((await supervisor.get(of)).json.agent.inHand, 2);
  for (const [who, path] of [
    [desk, of],
    [holder, of],
    [holder, '/api/reports/agents/me'],
  ] as const)
    assert.equal((await who.get(path)).status, 404);
  const team = await supervisor.get('/api/reports/agents');
  assert.deepEqual(
    team.json.agents.map(({ name, inHand }: { name: string; inHand: number }) => [name, inHand]),
    [['Hannah Handler', 2]],
  );
  assert.equal((await handler.get('/api/reports/agents')).status, 403);
  const file = await supervisor.get('/api/reports/agents.csv');
  assert.deepEqual(
    parse(file.json, { columns: true }).map(({ name }: any) => name),
    ['Hannah Handler'],
  );
});

test('claims are taken away as a file that runs nowhere, by who may, and it is on record', async (t) => {
  const { supervisor, handler, holder, reported, rest } = await newClaimPeople(t);
  const id = await reported({ policyNumber: '=cmd|calc' });
  await reported({ peril: 'theft' });
  const { status, headers, json: text } = await supervisor.get('/api/exports/claims.csv?sort=-createdAt');
  assert.deepEqual([status, headers.get('content-type')], [200, 'text/csv; charset=utf-8']);
  assert.match(headers.get('content-disposition')!, /attachment/);
  const rows = parse(text, { columns: true }) as Record<string, string>[];
  assert.equal(rows.length, 2);
  assert.equal(rows.find((row) => row['id'] === id)!['policyNumber'], "'=cmd|calc");
  const thefts = parse((await supervisor.get('/api/exports/claims.csv?peril=theft')).json, { columns: true });
  assert.equal(thefts.length, 1);
  assert.equal((await handler.get('/api/exports/claims.csv')).status, 403);
  assert.equal((await holder.get('/api/exports/claims.csv')).status, 403);
  assert.equal((await supervisor.get('/api/exports/claims.csv?status=nonsense')).status, 400);
  await wait(50);
  const { rows: told } = await rest.orm.em
    .getConnection()
    .execute<{ action: string }[]>(`select action from audit_entry where action = 'claims.export'`, [], 'all')
    .then((found) => ({ rows: found }));
  assert.equal(told.length, 2);
});

test('a file longer than the bound says that there was more', async (t) => {
  const { supervisor, reported } = await newClaimPeople(t, { limits: { exportRowsMax: 2, exportReadRows: 1 } });
  for (let n = 0; n < 3; n++) await reported();
  const { json: text } = await supervisor.get('/api/exports/claims.csv');
  const lines = text.trim().split('\r\n');
  assert.deepEqual([lines.length, lines.at(-1)], [4, 'More than 2: ask for fewer.']);
});
