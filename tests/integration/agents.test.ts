/** Agents' records, workloads and the diary over REST. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import { until } from '../faults/until.ts';
import { newPerson, newServer } from '../support/server.ts';
import { newSocket } from '../support/socket.ts';

const limits = { reserve: 1_000_000, payment: 1_000_000 };
const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString();

test('claims count for the team of whoever has them in hand, and move with them to another', async (t) => {
  const server = await newServer(t);
  const [sue, ann, carl] = await Promise.all([
    newPerson(server, { roles: ['supervisor'], agentId: randomUUIDv7(), limits }),
    newPerson(server, { roles: ['agent'], limits }),
    newPerson(server),
  ]);
  const record = { id: ann.agentId, name: 'Ann Lindqvist', department: 'Motor' };
  assert.equal((await sue.post('/api/agents', record)).status, 201);
  const room = `claim/${randomUUIDv7()}`;
  const page = await newSocket(t, server, sue);
  const loss = { policyNumber: 'POL-1', currency: 'GBP', peril: 'collision', occurredOn: '2026-01-01', place: 'Leeds' };
  const told = { ...loss, narrative: 'A wall.', isInjury: false, isDrivable: true };
  assert.equal((await page.send(room, 'report', { holderId: carl.customerId, loss: told })).ok, true);
  assert.equal((await page.send(room, 'assign', { handlerId: ann.agentId })).ok, true);

  const boards = await newSocket(t, server, sue);
  assert.equal((await boards.join('board/teams')).ok, true);
  const shown = () => boards.sight('board/teams')!.view['teams'] as Record<string, { inHand: number }>;
  await boards.until(() => shown()['Motor']?.inHand === 1, 'it is her team’s');
  const report = await sue.get('/api/reports/teams');
  assert.deepEqual(
    report.json.teams.map(({ team, agents, inHand }: Record<string, unknown>) => [team, agents, inHand]),
    [['Motor', 1, 1]],
  );
  assert.equal((await ann.get('/api/reports/teams')).status, 403);
  const other = await newSocket(t, server, ann);
  assert.equal((await other.join('board/teams')).ok, false);

  const moved = await fetch(`${server.url}/api/agents/${ann.agentId}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${sue.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ department: 'Home' }),
  });
  assert.equal(moved.status, 200);
  await boards.until(() => shown()['Home']?.inHand === 1 && !('Motor' in shown()), 'they have moved with her');
});

test('a supervisor adds, changes and lets go of agents; those who read see it, and a session at work knows at once', async (t) => {
  const server = await newServer(t);
  const [sue, ann, carl] = await Promise.all([
    newPerson(server, { roles: ['supervisor'] }),
    newPerson(server, { roles: ['agent'], limits }),
    newPerson(server),
  ]);
  const page = await newSocket(t, server, ann);
  const room = `session/${ann.agentId}`;
  assert.equal(((await page.send(room, 'start', {})) as { code: string }).code, 'session/no-record');

  const record = { id: ann.agentId, name: 'Ann Lindqvist', department: 'Motor', skills: ['Motor'], areas: ['Leeds'] };
  assert.equal((await ann.post('/api/agents', record)).status, 403);
  const made = await sue.post('/api/agents', record);
  assert.deepEqual([made.status, made.json.skills, made.json.status], [201, ['motor'], 'ended']);
  assert.equal((await sue.post('/api/agents', record)).json.code, 'agent/exists');
  const bad = await sue.post('/api/agents', { ...record, id: randomUUIDv7(), capacity: -1 });
  assert.deepEqual([bad.status, bad.json.details.issues[0].path], [400, 'capacity']);

  assert.equal((await page.send(room, 'start', {})).ok, true);
  assert.equal((await page.join(room)).ok, true);
  const ask = async (method: string, path: string, body?: object) => {
    const init = { method, headers: { authorization: `Bearer ${sue.token}`, 'content-type': 'application/json' } };
    const response = await fetch(server.url + path, { ...init, ...(body && { body: JSON.stringify(body) }) });
    // `any`: a test says itself what it expects of an answer
    return { status: response.status, json: (await response.json()) as any };
  };
  const changed = await ask('PATCH', `/api/agents/${ann.agentId}`, { capacity: 7, skills: ['motor', 'injury'] });
  assert.deepEqual([changed.status, changed.json.capacity, changed.json.status], [200, 7, 'available']);
  assert.ok(changed.json.lastLogin !== null, 'she has come to work');
  await page.until(() => page.sight(room)!.view.capacity === 7, 'her session knows');
  assert.equal((await ask('PATCH', `/api/agents/${randomUUIDv7()}`, { capacity: 7 })).status, 404);
  assert.equal((await ask('PATCH', `/api/agents/${ann.agentId}`, {})).status, 400);

  const list = await ann.get('/api/agents?skill=injury&status=available&limit=1');
  assert.deepEqual([list.json.items.length, list.json.items[0].name, list.json.next], [1, 'Ann Lindqvist', null]);
  assert.equal((await carl.get('/api/agents')).status, 403);
  assert.equal((await ann.get('/api/agents?after=nonsense')).status, 400);

  const load = await ann.get(`/api/agents/${ann.agentId}/workload`);
  assert.deepEqual([load.json.inHand, load.json.capacity, load.json.status], [0, 7, 'available']);
  assert.equal((await ann.get('/api/agents/workload')).status, 403, 'the team’s is for those who lead');
  assert.equal((await sue.get('/api/agents/workload')).json.items.length, 1);

  assert.equal((await ask('DELETE', `/api/agents/${ann.agentId}`)).status, 200);
  await page.until(() => page.sight(room)!.view.status === 'ended', 'she is sent home');
  assert.equal(((await page.send(room, 'start', {})) as { code: string }).code, 'session/no-record');
  assert.deepEqual((await ann.get('/api/agents')).json.items, []);
  assert.equal((await ann.get('/api/agents?left=true')).json.items.length, 1);
});

test('the diary: planned by people and by rules, due, done; a colleague’s is for those who lead; a claim that is over takes its activities with it', async (t) => {
  const server = await newServer(t);
  const [sue, ann, ben, carl] = await Promise.all([
    newPerson(server, { roles: ['supervisor'], limits }),
    newPerson(server, { roles: ['agent'], limits }),
    newPerson(server, { roles: ['agent'], limits }),
    newPerson(server),
  ]);
  const loss = {
    policyNumber: 'POL-1',
    currency: 'GBP',
    peril: 'collision',
    occurredOn: '2026-01-05',
    place: 'Leeds, A58',
    narrative: 'Rear-ended at the lights.',
    isInjury: false,
    isDrivable: true,
  };
  const id = randomUUIDv7();
  assert.equal((await carl.post('/api/claims', { id, loss })).status, 201);
  const does = async (by: typeof sue, name: string, input: object) =>
    assert.equal((await by.post(`/api/claims/${id}/commands/${name}`, input)).status, 200, name);
  await does(sue, 'assign', { handlerId: ann.agentId });

  const own = await ann.post('/api/activities', { subject: 'Ring the garage.', dueAt: hours(1), claimId: id });
  assert.equal(own.status, 201);
  assert.equal((await carl.post('/api/activities', { subject: 'x', dueAt: hours(1) })).status, 403);
  assert.equal(
    (await ann.post('/api/activities', { subject: 'x', dueAt: hours(-1) })).json.code,
    'activity/wrong-time',
  );
  // By a rule.
  await does(carl, 'raiseComplaint', { text: 'Nobody rings me back.' });
  const listed = async (by: typeof sue, query = '') =>
    (await by.get(`/api/activities${query}`)).json.items as { subject: string; rule: string | null; id: string }[];
  await until('the rule’s activity', async () => (await listed(ann)).length === 2);
  const [first, second] = await listed(ann);
  assert.deepEqual([first!.subject, first!.rule, second!.rule], ['Ring the garage.', null, 'acknowledge-complaint']);
  assert.equal((await listed(ann, `?state=due&until=${hours(2)}`)).length, 1);
  assert.equal((await ben.get(`/api/activities?agent=${ann.agentId}`)).status, 403);
  assert.equal((await listed(sue, `?agent=${ann.agentId}`)).length, 2);
  assert.equal((await listed(ben, `?claim=${id}`)).length, 2, 'the claim’s diary is for everybody at the desk');
  assert.equal((await carl.get('/api/activities')).status, 403);

  const done = await ben.post(`/api/activities/${first!.id}/commands/complete`, { outcome: 'Ready on Friday.' });
  assert.equal(done.status, 200);
  assert.deepEqual(
    (await listed(ann, '?state=done')).map((each) => each.id),
    [first!.id],
  );
  const load = await ann.get(`/api/agents/${ann.agentId}/workload`);
  assert.equal(load.status, 404, 'she has no record');

  await does(ann, 'withdraw', { reason: 'Paid it himself.' });
  await until('nothing is left to do', async () => (await listed(ann)).length === 0);

  const inbox = (await ann.get('/api/inbox?limit=1')).json;
  assert.equal(inbox.items.length, 1);
  const older = (await ann.get(`/api/inbox?limit=50&before=${inbox.next}`)).json;
  const texts = [...inbox.items, ...older.items].map(({ text }: { text: string }) => text);
  assert.ok(texts.some((text) => text.includes('is yours')) && texts.some((text) => text.includes('a complaint')));
  assert.deepEqual((await ben.get('/api/inbox')).json, { items: [], next: null });
});
