/** The desk at work: real server, real sockets, claims that find their handlers. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { newPerson, newServer, type TestServer } from '../support/server.ts';
import { newSocket } from '../support/socket.ts';
import { until } from '../faults/until.ts';

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
const limits = { reserve: 1_000_000, payment: 1_000_000 };

/** An agent with a record and an open page. */
const newAgent = async (t: TestContext, server: TestServer, more: { skills?: string[]; areas?: string[] } = {}) => {
  const person = await newPerson(server, { roles: ['agent'], limits });
  await server.sql(
    `insert into agents (id, name, department, skills, areas, capacity) values ($1, $2, 'Motor', $3, $4, 20)`,
    [person.agentId, person.email, more.skills ?? ['motor'], more.areas ?? []],
  );
  const room = `session/${person.agentId}`;
  const page = await newSocket(t, server, person);
  return {
    ...person,
    ...page,
    room,
    async begin() {
      assert.equal((await page.send(room, 'start', {})).ok, true);
      assert.equal((await page.join(room)).ok, true);
    },
    view: () => page.sight(room)?.view,
  };
};
const report = async (server: TestServer, person: Awaited<ReturnType<typeof newPerson>>, more: object = {}) => {
  const id = randomUUIDv7();
  const filed = await person.post('/api/claims', { id, loss: { ...loss, ...more } });
  assert.ok(filed.status < 300, JSON.stringify(filed.json));
  return id;
};
const handlersOf = async (server: TestServer) =>
  new Map(
    (await server.sql<{ id: string; handler_id: string | null }>('select id, handler_id from claims')).map(
      ({ id, handler_id }) => [id, handler_id],
    ),
  );

test('a reported claim is with somebody who knows its trade and its place, who hears of it at once and why', async (t) => {
  const server = await newServer(t);
  const holder = await newPerson(server);
  const [ann, ben, cat] = [
    await newAgent(t, server),
    await newAgent(t, server, { areas: ['Leeds'] }),
    await newAgent(t, server, { skills: ['home'], areas: ['Leeds'] }),
  ];
  for (const agent of [ann, ben, cat]) await agent.begin();
  const id = await report(server, holder);
  await ben.until(() => ben.view()?.claims[id] !== undefined, 'the claim is in hand');
  const { view } = (await ben.get(`/api/claims/${id}`)).json;
  assert.deepEqual(view.assignment.chosen, {
    by: 'rules',
    skills: ['motor'],
    area: 'Leeds',
    inHand: 0,
    capacity: 20,
    among: 2,
  });
  assert.equal(view.status, 'assigned');
  await ben.until(() => Object.keys(ben.view()?.alerts).length === 1, 'the alert');
  assert.equal(ben.view().claims[id].answerBy, view.assignment.answerBy);

  await ben.send(`claim/${id}`, 'acknowledge', {});
  await ben.until(() => ben.view()?.claims[id].answerBy === undefined, 'nobody waits for an answer');
  const { json } = await ben.get(`/api/claims/${id}/timeline`);
  assert.ok(
    json.items.some(({ summary }: { summary: string }) => summary.includes('knows motor, works in Leeds')),
    JSON.stringify(json.items),
  );
  const seen = (await holder.get(`/api/claims/${id}`)).json;
  assert.ok(!JSON.stringify(seen).includes(ben.agentId), 'who it is with is ours to know');
});

test('nobody at work: the claim waits, and goes to the first who comes', async (t) => {
  const server = await newServer(t);
  const holder = await newPerson(server);
  const ids = [await report(server, holder), await report(server, holder, { isInjury: true })];
  const ann = await newAgent(t, server);
  await ann.begin();
  await ann.until(() => ann.view()?.claims[ids[0]!] !== undefined, 'the one she knows how to handle');
  assert.equal((await handlersOf(server)).get(ids[1]!), null, 'the other waits for somebody who knows injuries');
});

test('five agents take the next claim at once, again and again: none is given twice, none is lost', async (t) => {
  const server = await newServer(t);
  const holder = await newPerson(server);
  const agents = [];
  for (let n = 0; n < 5; n++) agents.push(await newAgent(t, server));
  for (const agent of agents) {
    await agent.begin();
    // Busy: they are given nothing, they take.
    assert.equal((await agent.send(agent.room, 'setStatus', { status: 'busy' })).ok, true);
  }
  const ids: string[] = [];
  for (let n = 0; n < 20; n++) ids.push(await report(server, holder));
  const waiting = `select count(*)::int as n from claims where status = 'triage' and handler_id is null`;
  await until('all wait', async () => (await server.sql<{ n: number }>(waiting))[0]!.n === 20);

  const asks = agents.flatMap((agent) => Array.from({ length: 6 }, () => agent.send('desk/claims', 'takeNext', {})));
  const acks = await Promise.all(asks);
  assert.equal(acks.filter(({ ok }) => ok).length, 20);
  for (const ack of acks) if (!ack.ok) assert.equal(ack.code, 'desk/nothing-for-you');
  await until('all are handled', async () => [...(await handlersOf(server)).values()].every((id) => id !== null));
  const given = await server.sql<{ room: string; n: number }>(
    `select room, count(*)::int as n from room_event where type = 'assigned' group by room`,
  );
  assert.deepEqual(new Set(given.map(({ n }) => n)), new Set([1]), 'each was assigned once');
  for (const agent of agents) {
    const mine = [...(await handlersOf(server))].filter(([, id]) => id === agent.agentId).map(([id]) => id);
    await agent.until(() => Object.keys(agent.view().claims).length === mine.length, 'and each knows of theirs');
    assert.deepEqual(Object.keys(agent.view().claims).sort(), mine.sort());
  }
});

test('what an agent had not begun goes to somebody else when they leave; what they had begun stays theirs', async (t) => {
  const server = await newServer(t);
  const holder = await newPerson(server);
  const ann = await newAgent(t, server);
  const ben = await newAgent(t, server);
  await ann.begin();
  const [begun, untouched] = [await report(server, holder), await report(server, holder)];
  await ann.until(() => Object.keys(ann.view()?.claims ?? {}).length === 2, 'both are hers');
  assert.equal((await ann.send(`claim/${begun}`, 'addNote', { id: randomUUIDv7(), text: 'On it.' })).ok, true);
  await ben.begin();
  assert.equal((await ann.send(ann.room, 'end', {})).ok, true);
  await ben.until(() => ben.view()?.claims[untouched] !== undefined, 'he has the other');
  const handlers = await handlersOf(server);
  assert.deepEqual([handlers.get(begun), handlers.get(untouched)], [ann.agentId, ben.agentId]);
});

test('two devices of one agent share the session; a colleague does not see it, a supervisor sees how much there is', async (t) => {
  const server = await newServer(t);
  const ann = await newAgent(t, server);
  const ben = await newAgent(t, server);
  const phone = await newSocket(t, server, ann);
  await ann.begin();
  assert.equal((await phone.join(ann.room)).ok, true);
  await phone.send(ann.room, 'setStatus', { status: 'busy' });
  await ann.until(() => ann.view().status === 'busy', 'what one device says the other shows');
  assert.deepEqual(await ben.join(ann.room), { ok: false, code: 'not-found', retry: 'no' });
  const sue = await newPerson(server, { roles: ['supervisor'] });
  const office = await newSocket(t, server, sue);
  assert.equal((await office.join(ann.room)).ok, true);
  assert.ok(!('alerts' in office.sight(ann.room)!.view) && office.sight(ann.room)!.view.alertsOpen === 0);
});
