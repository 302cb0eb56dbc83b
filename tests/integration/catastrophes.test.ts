/** A catastrophe from its declaration to the claims it brings; and what is turned away while the load lasts. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import { entitled } from '../../rooms/permissions.ts';
import { system } from '../../src/runtime/system.ts';
import { newClaimPeople } from '../support/claim-people.ts';

const manager = entitled({ accountId: 'm', roles: ['supervisor'], limits: { reserve: 0, payment: 0 } });

test('losses reported in its area and time belong to it, are more urgent, and are counted', async (t) => {
  const { rest, handler, holder, reported } = await newClaimPeople(t);
  const { rooms } = rest.runtime;
  const id = randomUUIDv7();
  const declare = (input: object) =>
    rooms.send({ room: `catastrophe/${id}`, id: randomUUIDv7(), name: 'declare', input, by: manager });
  const area = { places: ['Leeds'], from: '2026-01-01', to: '2026-01-31' };
  assert.equal((await declare({ name: 'Flood', area: { from: '2026-01-01', to: '2026-01-31' } })).ok, false);
  const before = await reported();
  assert.equal((await declare({ name: 'Flood', area })).ok, true);
  const struck = await reported();
  const elsewhere = await reported({ place: 'York' });
  for (const claim of [before, struck, elsewhere])
    await rooms.send({ room: `claim/${claim}`, id: randomUUIDv7(), name: 'triage', input: {}, by: system });

  const seen = async (claim: string) => (await handler.get(`/api/claims/${claim}`)).json.view;
  assert.deepEqual((await seen(struck)).catastrophe, { id, name: 'Flood', points: 25 });
  assert.equal((await seen(struck)).priorityReasons.catastrophe, 25);
  assert.deepEqual([(await seen(struck)).priority, (await seen(elsewhere)).priority], ['P3', 'P4']);
  for (const claim of [before, elsewhere]) assert.equal('catastrophe' in (await seen(claim)), false);
  assert.equal('catastrophe' in (await holder.get(`/api/claims/${struck}`)).json.view, false);

  const { json } = await handler.get('/api/catastrophes');
  assert.deepEqual(
    json.items.map(({ name, status, claims, open }: any) => [name, status, claims, open]),
    [['Flood', 'open', 1, 1]],
  );
  assert.equal((await holder.get('/api/catastrophes')).status, 403);

  await rooms.send({ room: `catastrophe/${id}`, id: randomUUIDv7(), name: 'end', input: { why: 'Dry.' }, by: manager });
  assert.equal('catastrophe' in (await seen(await reported())), false);
  assert.deepEqual(await rest.runtime.figures.verify(), []);
});

test('under load what can wait is told to come later; a loss is reported and a claim is read as ever', async (t) => {
  const shedding = { pressure: 0 as 0 | 1 | 2, retryAfterMs: 5_000 };
  const { handler, supervisor, reported } = await newClaimPeople(t, { shedding });
  const statuses = async () => {
    const replies = await Promise.all([
      handler.get('/api/dashboard/kpi'),
      supervisor.get('/api/exports/claims.csv'),
      supervisor.get('/api/reports/agents'),
      handler.get('/api/claims'),
    ]);
    return replies.map(({ status }) => status);
  };
  assert.deepEqual(await statuses(), [200, 200, 200, 200]);
  shedding.pressure = 1;
  assert.deepEqual(await statuses(), [503, 503, 503, 200]);
  const refused = await handler.get('/api/dashboard/kpi');
  assert.deepEqual([refused.json.code, refused.headers.get('retry-after')], ['busy', '5']);
  shedding.pressure = 2;
  assert.deepEqual(await statuses(), [503, 503, 503, 503]);
  const claim = await reported();
  assert.equal((await handler.get(`/api/claims/${claim}`)).status, 200);
  shedding.pressure = 0;
  assert.deepEqual(await statuses(), [200, 200, 200, 200]);
});
