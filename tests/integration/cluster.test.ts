/** Whole servers on one database and one Redis: whoever works, wherever they are connected, meets everybody else. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { describe, type TestContext, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { loss } from '../../rooms/claim/fake-claims.ts';
import type { Limits } from '../../src/limits.ts';
import { newRedis, withoutRedis } from '../support/redis.ts';
import { get, newPerson, newServer, post, type TestServer } from '../support/server.ts';
import { newSocket } from '../support/socket.ts';

/** So many nodes, each ready, and a Redis between them. */
const newNodes = async (t: TestContext, count = 3, limits: Partial<Limits> = {}) => {
  const redis = await newRedis(t);
  const node = async (n: number, beside?: TestServer) =>
    newServer(t, { limits, ...(beside && { beside }), env: { REDIS_URL: redis.url, NODE_ID: `node-${n}` } });
  const first = await node(1);
  const nodes = [first];
  for (let n = 2; n <= count; n++) nodes.push(await node(n, first));
  for (const { url } of nodes) await until(async () => (await fetch(`${url}/readyz`)).ok);
  const metrics = async (what: string) => {
    const all = await Promise.all(nodes.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
    const lines = all.flatMap((text) => text.split('\n')).filter((line) => line.startsWith(what));
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  };
  // A node that has just started is not on everybody's list yet.
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  return { redis, nodes: nodes as [TestServer, TestServer, TestServer], metrics };
};
const until = async (holds: () => Promise<boolean> | boolean, ms = 10_000) => {
  for (const late = Date.now() + ms; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 10)))
    assert.ok(Date.now() < late, 'in time');
};
const newRoom = () => `claim/${randomUUIDv7()}`;
const limits = { reserve: 1_000_000, payment: 1_000_000 };

describe('three nodes', { skip: withoutRedis }, () => {
  test('what is done at any of them is on all screens, in order and once, and has one owner', async (t) => {
    const { nodes, metrics } = await newNodes(t);
    const supervisor = await newPerson(nodes[0], { roles: ['supervisor'], limits });
    const at = await Promise.all(nodes.map((node) => newSocket(t, node, supervisor)));
    const rooms = Array.from({ length: 12 }, newRoom);
    for (const [n, room] of rooms.entries()) {
      assert.equal((await at[n % 3]!.send(room, 'report', { holderId: randomUUIDv7(), loss })).ok, true);
      for (const socket of at) assert.equal((await socket.join(room)).ok, true);
    }
    const seqs = new Map<string, number>();
    const note = async (socket: (typeof at)[number], room: string, text: string) => {
      const ack = await socket.send(room, 'addNote', { id: randomUUIDv7(), text });
      assert.ok(ack.ok, JSON.stringify(ack));
      seqs.set(room, Math.max(seqs.get(room) ?? 0, ack.seq));
    };
    await Promise.all(at.flatMap((socket, n) => rooms.map((room) => note(socket, room, `from node ${n + 1}`))));
    for (const socket of at)
      for (const [room, seq] of seqs) await socket.until(() => socket.sight(room)?.seq === seq, `${room} at ${seq}`);
    for (const room of rooms)
      assert.ok(at.every((socket) => isDeepStrictEqual(socket.sight(room), at[0]!.sight(room))));

    const owners = await nodes[0].sql<{ owner: string; epoch: string }>(
      `select split_part(owner, '.', 1) as owner, epoch::text from room_head where kind = 'claim'`,
    );
    assert.deepEqual([...new Set(owners.map(({ owner }) => owner))].sort(), ['node-1', 'node-2', 'node-3']);
    assert.ok(owners.every(({ epoch }) => epoch === '1'));
    assert.ok((await metrics('claimroom_cluster_total{what="forwarded"}')) > 0);
    // No node was asked to repair what it should have been told, and a reader sees it all at each.
    assert.equal(await metrics('claimroom_cluster_total{what="repaired"}'), 0);
    const headers = { authorization: `Bearer ${supervisor.token}` };
    for (const node of nodes)
      assert.equal((await get(node, `/api/claims/${rooms[0]!.slice(6)}`, headers)).json.seq, seqs.get(rooms[0]!));
    assert.deepEqual(
      nodes.flatMap(({ errors }) => errors),
      [],
    );
  });

  test('colleagues at different nodes see each other, and each other typing', async (t) => {
    const { nodes } = await newNodes(t, 2);
    const [one, two] = [
      await newPerson(nodes[0], { roles: ['agent'], limits }),
      await newPerson(nodes[0], { roles: ['supervisor'], limits }),
    ];
    const [here, there] = [await newSocket(t, nodes[0], one), await newSocket(t, nodes[1], two)];
    const room = newRoom();
    await there.send(room, 'report', { holderId: randomUUIDv7(), loss });
    for (const socket of [here, there]) await socket.join(room);
    const people = (socket: typeof here) =>
      (socket.signals.findLast(({ kind }) => kind === 'presence')?.data as { people: object } | undefined)?.people;
    const both = { [one.id]: 'desk', [two.id]: 'supervisor' };
    for (const socket of [here, there]) await socket.until(() => isDeepStrictEqual(people(socket), both), 'both');
    here.socket.emit('room:signal', { room, kind: 'typing', data: { field: 'reserve' } });
    await there.until(() => there.signals.some(({ kind }) => kind === 'typing'), 'typing');
    here.socket.close();
    await there.until(() => isDeepStrictEqual(people(there), { [two.id]: 'supervisor' }), 'alone');
  });

  test('a right taken away, and a login ended, count at every node', async (t) => {
    const { nodes } = await newNodes(t, 2);
    const person = await newPerson(nodes[0], { roles: ['supervisor'], agentId: randomUUIDv7(), limits });
    const [here, there] = [await newSocket(t, nodes[0], person), await newSocket(t, nodes[1], person)];
    const room = newRoom();
    await here.send(room, 'report', { holderId: randomUUIDv7(), loss });
    for (const socket of [here, there]) assert.equal((await socket.join(room)).ok, true);
    await nodes[0].sql(`update accounts set roles = '{agent}' where id = $1`, [person.id]);
    for (const socket of [here, there]) await socket.until(() => socket.sight(room)?.seat === 'desk', 'another seat');
    assert.equal((await there.send(room, 'setPriority', { priority: 'high' })).ok, false);
    await post(nodes[0], '/api/auth/logout', { refreshToken: person.refreshToken });
    await Promise.all([here.closed(), there.closed()]);
  });

  test('without Redis all goes on: acks as before, other nodes’ watchers a moment later, and it heals by itself', async (t) => {
    const { redis, nodes } = await newNodes(t);
    const supervisor = await newPerson(nodes[0], { roles: ['supervisor'], limits });
    const at = await Promise.all(nodes.map((node) => newSocket(t, node, supervisor)));
    const room = newRoom();
    const note = (n: number) => at[n % 3]!.send(room, 'addNote', { id: randomUUIDv7(), text: `note ${n}` });
    await at[0]!.send(room, 'report', { holderId: randomUUIDv7(), loss });
    for (const socket of at) await socket.join(room);
    for (let n = 0; n < 3; n++) await note(n);
    await redis.kill();
    const late: number[] = [];
    for (let n = 0; n < 20; n++) {
      const ack = await note(n);
      assert.ok(ack.ok, JSON.stringify(ack));
      const since = performance.now();
      await Promise.all(at.map((socket) => socket.until(() => socket.sight(room)!.seq >= ack.seq, `${ack.seq}`)));
      late.push(performance.now() - since);
    }
    late.sort((a, b) => a - b);
    t.diagnostic(
      `without Redis the last of three nodes' watchers were behind by ${late.map(Math.round).join(', ')} ms`,
    );
    assert.ok(late[10]! <= 250, `half of the changes after ${late[10]} ms`);
    // A room nobody has heard of is found, and taken, without it.
    const other = newRoom();
    assert.equal((await at[1]!.send(other, 'report', { holderId: randomUUIDv7(), loss })).ok, true);
    assert.equal((await at[2]!.join(other)).ok, true);
    await redis.start();
    await until(async () => {
      const since = performance.now();
      const ack = await note(0);
      assert.ok(ack.ok);
      await Promise.all(at.map((socket) => socket.until(() => socket.sight(room)!.seq >= ack.seq, `${ack.seq}`)));
      return performance.now() - since < 50;
    });
    assert.deepEqual(
      nodes.flatMap(({ errors }) => errors),
      [],
    );
  });

  test('a node that stops gives its rooms away: nothing asked of them fails, and its watchers’ claims go on elsewhere', async (t) => {
    const { nodes } = await newNodes(t);
    const supervisor = await newPerson(nodes[0], { roles: ['supervisor'], limits });
    const [, two, three] = await Promise.all(nodes.map((node) => newSocket(t, node, supervisor)));
    const rooms = Array.from({ length: 30 }, newRoom);
    for (const room of rooms) {
      await two!.send(room, 'report', { holderId: randomUUIDv7(), loss });
      await three!.join(room);
    }
    let isOver = false;
    const gaps: number[] = [];
    const working = [two!, three!].map(async (socket) => {
      for (let n = 0; !isOver; n++) {
        const since = performance.now();
        const ack = await socket.send(rooms[n % 30]!, 'addNote', { id: randomUUIDv7(), text: 'x' });
        gaps.push(performance.now() - since);
        assert.ok(ack.ok || ack.retry === 'same-id', JSON.stringify(ack));
        assert.ok(ack.ok, JSON.stringify(ack));
      }
    });
    assert.equal(await nodes[0].stop(), true);
    isOver = true;
    await Promise.all(working);
    t.diagnostic(`${gaps.length} commands while it stopped, the longest ${Math.round(Math.max(...gaps))} ms`);
    assert.ok(Math.max(...gaps) < 300);
    for (const room of rooms) {
      const ack = await two!.send(room, 'addNote', { id: randomUUIDv7(), text: 'last' });
      assert.ok(ack.ok);
      await three!.until(() => three!.sight(room)!.seq === ack.seq, room);
    }
    const left = await nodes[1].sql(`select from room_head where kind = 'claim' and owner like 'node-1.%'`);
    assert.equal(left.length, 0);
  });
});
