import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assemble } from '../../client/assemble.ts';
import { limits } from '../../client/limits.ts';
import type { Ack } from '../../rooms/protocol.ts';
import { createSimWire } from './sim-wire.ts';
import { newWireWorld } from './wire-world.ts';

const seeds = Array.from({ length: 30 }, (_, seed) => seed);
const minute = 60_000;

const join = (n: number) => ({ room: `board/${n}` });
const lost = { ok: false, code: 'unknown', retry: 'same-id' };

test('what is sent arrives in its order, both ways, and as a copy', async () => {
  for (const seed of seeds) {
    const { wire, pass, node, patches } = newWireWorld(seed);
    await pass(1_000);
    assert.ok(wire.isUp && wire.node === 'node 0');
    const requests = Array.from({ length: 50 }, (_, n) => join(n));
    const asked = requests.map((request) => wire.ask('room:join', request));
    const sent = requests.map((_, seq) => ({ room: 'board/1', seat: 'desk', epoch: 1, from: 0, seq, patch: {} }));
    for (const patch of sent) node.connections[0]!.side.emit('room:patch', patch);
    await pass(3_000);
    assert.deepEqual(node.heard, requests);
    assert.ok(node.heard.every((request, n) => request !== requests[n]));
    assert.deepEqual(patches, sent);
    assert.deepEqual(
      await Promise.all(asked),
      requests.map((echo) => ({ ok: true, echo })),
    );
  }
});

test('a quiet connection stays', async () => {
  const { wire, pass, node, told } = newWireWorld(1);
  await pass(10 * minute);
  assert.ok(wire.isUp);
  assert.deepEqual([told, node.connections.length], [['connected'], 1]);
});

test('a connection that breaks: nothing of it comes any more, both sides notice, and the client is back', async () => {
  let atOnce = 0;
  for (const seed of seeds) {
    const { wire, pass, node, told } = newWireWorld(seed);
    await pass(1_000);
    const asked = [wire.ask('room:join', join(1)), wire.ask('room:join', join(2))];
    wire.cut();
    await pass(60);
    assert.deepEqual(told, ['connected', 'connecting', 'down']);
    atOnce += node.connections[0]!.closed;
    assert.deepEqual(await Promise.all(asked), [lost, lost]);
    assert.deepEqual(await wire.ask('room:join', join(3)), lost);
    await pass(1_500);
    assert.ok(wire.isUp);
    assert.deepEqual(node.heard, []);
    await pass(15_000);
    assert.deepEqual(
      node.connections.map(({ closed }) => closed),
      [1, 0],
    );
    assert.equal(new Set(node.connections.map(({ side }) => side.id)).size, 2);
  }
  assert.ok(atOnce > seeds.length / 2 && atOnce < seeds.length, `${atOnce}`);
});

test('a lost message breaks its connection', async () => {
  for (const seed of seeds) {
    const { wire, pass, network, node, told } = newWireWorld(seed);
    await pass(1_000);
    network.weather = { ...network.weather, loss: 1 };
    const asked = wire.ask('room:join', join(1));
    await pass(5_001);
    assert.deepEqual(await asked, lost);
    network.calm();
    await pass(minute);
    assert.ok(wire.isUp && told.includes('down'));
    assert.deepEqual(node.heard, []);
    assert.equal(node.connections.at(-1)!.closed, 0);
    assert.ok(node.connections.slice(0, -1).every(({ closed }) => closed === 1));
  }
});

test('silence is noticed by what does not come', async () => {
  const { wire, pass, node, told } = newWireWorld(1);
  await pass(1_000);
  wire.silence();
  const asked = wire.ask('room:join', join(1));
  await pass(5_001);
  assert.deepEqual(await asked, lost);
  assert.deepEqual(told, ['connected']);
  await pass(15_000);
  assert.deepEqual(told, ['connected', 'connecting', 'down', 'connected']);
  assert.deepEqual(node.heard, []);
  assert.deepEqual([node.connections.length, node.connections[0]!.closed], [2, 1]);
});

test('a short cut delays, a long one is silence', async () => {
  const { wire, pass, node, network, told } = newWireWorld(1);
  await pass(1_000);
  network.cut('phone', 'node 0');
  const asked = wire.ask('room:join', join(1));
  await pass(3_000);
  network.mend('phone', 'node 0');
  assert.deepEqual(await Promise.all([asked, pass(1_000)]).then(([answer]) => answer), { ok: true, echo: join(1) });
  network.cut('phone', 'node 0');
  await pass(minute);
  assert.deepEqual(told.slice(0, 3), ['connected', 'connecting', 'down']);
  assert.equal(node.connections[0]!.closed, 1);
  network.calm();
  await pass(10_000);
  assert.ok(wire.isUp);
});

test('an answer that does not come is lost, and the connection stays', async () => {
  const { wire, pass, node, told } = newWireWorld(1);
  await pass(1_000);
  node.state.isMute = true;
  const asked = wire.ask('room:join', join(1));
  await pass(5_001);
  assert.deepEqual(await asked, lost);
  assert.deepEqual([told, node.heard.length], [['connected'], 1]);
});

test('a dead node is noticed, mostly at once, and the client goes to another', async () => {
  let atOnce = 0;
  for (const seed of seeds) {
    const { wire, pass, nodes, told } = newWireWorld(seed, 3);
    await pass(1_000);
    const before = wire.node!;
    nodes.find(({ machine }) => machine.name === before)!.machine.kill();
    await pass(400);
    if (told.includes('down')) atOnce++;
    await pass(minute);
    assert.ok(wire.isUp && wire.node !== before);
  }
  assert.ok(atOnce > seeds.length / 2 && atOnce < seeds.length, `${atOnce}`);
});

test('a client that died is noticed by its node', async () => {
  for (const seed of seeds) {
    const { client, pass, node, told } = newWireWorld(seed);
    await pass(1_000);
    client.kill();
    await pass(16_000);
    assert.deepEqual([told, node.connections.length, node.connections[0]!.closed], [['connected'], 1, 1]);
  }
});

test('a frozen node keeps what comes; one frozen for too long is left, and learns of it when it thaws', async () => {
  const { wire, pass, nodes } = newWireWorld(3, 2);
  await pass(1_000);
  const mine = nodes.find(({ machine }) => machine.name === wire.node)!;
  mine.machine.freeze();
  const asked = wire.ask('room:join', join(1));
  await pass(2_000);
  assert.deepEqual(mine.heard, []);
  mine.machine.thaw();
  assert.deepEqual((await Promise.all([asked, pass(1_000)]))[0], { ok: true, echo: join(1) });
  mine.machine.freeze();
  await pass(minute);
  assert.notEqual(wire.node, mine.machine.name);
  mine.machine.thaw();
  await pass(1_000);
  assert.ok(mine.connections.every(({ closed }) => closed === 1));
});

test('a refused client, and one that is sent away, asks again and again', async () => {
  const { wire, pass, node, told } = newWireWorld(1);
  node.state.isRefusing = true;
  await pass(minute);
  assert.ok(told.length > 20 && told.length < 120 && told.every((status) => status === 'connecting'), `${told.length}`);
  node.state.isRefusing = false;
  await pass(3_000);
  const { side } = node.connections[0]!;
  side.close();
  side.close();
  side.emit('room:patch', { room: 'board/1', seat: null });
  await pass(5_000);
  assert.ok(wire.isUp);
  assert.deepEqual(
    node.connections.map(({ closed }) => closed),
    [1, 0],
  );
});

test('a client that was connected for a while comes back fast; one that was dropped at once, ever more slowly', async () => {
  const { wire, pass, node, network } = newWireWorld(1);
  network.calm();
  node.state.isRefusing = true;
  await pass(minute);
  node.state.isRefusing = false;
  await pass(5_000);
  wire.cut();
  await pass(300);
  assert.ok(wire.isUp);
  const before = node.connections.length;
  for (let ms = 0; ms < minute; ms += 100) {
    await pass(100);
    wire.cut();
  }
  assert.ok(node.connections.length - before < 60);
});

test('a closed wire is quiet', async () => {
  const { wire, pass, node, told } = newWireWorld(1);
  await pass(1_000);
  const asked = wire.ask('room:join', join(1));
  wire.close();
  await Promise.all([asked.then((answer) => assert.deepEqual(answer, lost)), wire.up(), pass(minute)]);
  assert.deepEqual(told, ['connected', 'closed']);
  assert.deepEqual(node.heard, [join(1)]);
  assert.deepEqual([node.connections.length, node.connections[0]!.closed], [1, 1]);
});

test('the real client over it: every command is answered, however bad the weather, and the same seed gives the same run', async () => {
  const play = async (seed: number) => {
    const world = newWireWorld(seed, 2);
    const { scheduler, network, nodes, client: phone, pass } = world;
    const chance = world.chance.fork('person');
    const client = assemble({
      limits,
      time: { after: phone.timers.after, random: chance.next, now: phone.clock.monotonic },
      wire: (events) =>
        createSimWire({
          client: phone,
          scheduler,
          chance,
          network,
          doors: () => nodes.map(({ door }) => door),
          events,
          limits,
        }),
    });
    network.weather = { ...network.weather, loss: 0.1 };
    const acks: Ack[] = [];
    phone.enter(() => {
      for (let n = 0; n < 30; n++) {
        const id = chance.uuid7(n);
        void client
          .room(`board/${n % 3}`)
          .send('note', { n }, { id })
          .then((ack) => acks.push(ack));
      }
    });
    await pass(5 * minute);
    assert.equal(acks.length, 30);
    assert.ok(acks.every(({ ok }) => ok));
    return JSON.stringify([acks, scheduler.steps, nodes.map(({ heard }) => heard)]);
  };
  const runs = [await play(1), await play(1), await play(2)];
  assert.equal(runs[0], runs[1]);
  assert.notEqual(runs[0], runs[2]);
});
