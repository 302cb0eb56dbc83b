/** What weather and cuts do to messages, and what they cannot do to a connection. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createBareWorld } from './bare-world.ts';
import { createChance } from './chance.ts';
import type { Line } from './connection.ts';
import { createMachine, type Machine } from './machine.ts';

describe('network', () => {
  const count = 5_000;
  const carryMany = async ({ scheduler, network, a, b }: ReturnType<typeof createBareWorld>) => {
    const heard: { readonly n: number; readonly at: number }[] = [];
    for (let n = 0; n < count; n++)
      network.carry(a, b, { n }, (message) => heard.push({ ...(message as { n: number }), at: scheduler.now }));
    await scheduler.run(10_000);
    return heard;
  };

  test('in fair weather everything arrives once, as a copy', async () => {
    const world = createBareWorld();
    const heard = await carryMany(world);
    assert.equal(heard.length, count);
    assert.equal(new Set(heard.map(({ n }) => n)).size, count);
    assert.ok(heard.every(({ at }) => at >= 0.1 && at <= 1));
    const message = { rooms: ['claim/1'] };
    world.network.carry(world.a, world.b, message, (copy) => assert.deepEqual(copy, { rooms: ['claim/1'] }));
    message.rooms.push('claim/2');
    await world.scheduler.run(20_000);
  });

  test('in bad weather things are lost, late, doubled and overtaken, as often as the weather says', async () => {
    const world = createBareWorld();
    world.network.weather = { delayMs: [1, 2], late: 0.05, lateMs: 500, loss: 0.2, twice: 0.1 };
    const heard = await carryMany(world);
    const near = (part: number, expected: number) =>
      assert.ok(Math.abs(part - expected) < 0.03, `${part} ≠ ${expected}`);
    const different = new Set(heard.map(({ n }) => n)).size;
    near(different / count, 0.8);
    near((heard.length - different) / different, 0.1);
    near(heard.filter(({ at }) => at > 2).length / heard.length, 0.05);
    assert.ok(heard.some(({ n }, i) => i > 0 && n < heard[i - 1]!.n));
    world.network.calm();
    assert.equal((await carryMany(createBareWorld(2))).length, count);
  });

  test('nothing crosses a cut, in either direction, nor what was on its way', async () => {
    const { scheduler, network, a, b } = createBareWorld();
    const c = createMachine('c', scheduler, createChance(1));
    const heard: string[] = [];
    const carry = (from: Machine, to: Machine, what: string) => network.carry(from, to, {}, () => heard.push(what));
    carry(a, b, 'on its way');
    network.cut('b', 'a');
    assert.ok(network.isCut('a', 'b') && network.isCut('b', 'a') && !network.isCut('a', 'c'));
    carry(a, b, 'there');
    carry(b, a, 'back');
    carry(a, c, 'elsewhere');
    await scheduler.run(50);
    network.mend('a', 'b');
    carry(a, b, 'mended');
    await scheduler.run(100);
    network.cut('a', 'b');
    network.calm();
    carry(b, a, 'calm');
    await scheduler.run(150);
    assert.deepEqual(heard, ['elsewhere', 'mended', 'calm']);
  });

  test('a frozen machine hears it after the thaw, a dead one never, and the dead say nothing', async () => {
    const { scheduler, network, a, b } = createBareWorld();
    const heard: number[] = [];
    b.freeze();
    network.carry(a, b, {}, () => heard.push(scheduler.now));
    await scheduler.run(100);
    assert.deepEqual(heard, []);
    b.thaw();
    await scheduler.run(101);
    assert.equal(heard.length, 1);
    b.kill();
    network.carry(a, b, {}, () => assert.fail('dead'));
    network.carry(b, a, {}, () => assert.fail('a ghost'));
    await scheduler.run(200);
  });
});

describe('connection', () => {
  /** b answers nothing but keeps what it hears; words: o opened, c closed. */
  const connected = (seed = 1) => {
    const world = createBareWorld(seed);
    const near: (number | string)[] = [];
    const far: (number | string)[] = [];
    let farLine: Line | undefined;
    const ear = (heard: (number | string)[]) => ({
      opened: () => void heard.push('o'),
      heard: (message: object) => void heard.push((message as { n: number }).n),
      closed: () => void heard.push('c'),
    });
    const accept = (line: Line) => ((farLine = line), ear(far));
    const line = world.network.connect(world.a, world.b, accept, ear(near));
    return { ...world, line, near, far, farLine: () => farLine! };
  };
  const stormy = { delayMs: [0.1, 20], late: 0.2, lateMs: 300, loss: 0.2, twice: 0.2 } as const;
  const numbers = (length: number) => Array.from({ length }, (_, n) => n);

  test('keeps the order and loses nothing, in any weather and over a cut', async () => {
    const { scheduler, network, line, near, far, farLine } = connected();
    network.weather = stormy;
    for (const n of numbers(100)) line.send({ n });
    await scheduler.run(100);
    network.cut('a', 'b');
    const before = far.length;
    await scheduler.run(5_000);
    assert.equal(far.length, before);
    assert.ok(before < 100);
    network.mend('a', 'b');
    await scheduler.run(20_000);
    assert.deepEqual(far, numbers(100));
    for (const n of numbers(50)) farLine().send({ n });
    farLine().close();
    farLine().send({ n: 50 });
    await scheduler.run(40_000);
    assert.deepEqual(near, ['o', ...numbers(50), 'c']);
    line.send({ n: 100 });
    await scheduler.run(50_000);
    assert.equal(far.length, 100);
  });

  test('who closes hears nothing more', async () => {
    const { scheduler, line, near, far, farLine } = connected();
    await scheduler.run(10);
    farLine().send({ n: 1 });
    line.close();
    await scheduler.run(20);
    assert.deepEqual([near, far], [['o'], ['c']]);
  });

  test('a process that ends closes its connections behind what it said; nobody answers there afterwards', async () => {
    const { scheduler, network, a, b, near, far, farLine } = connected();
    await scheduler.run(10);
    farLine().send({ n: 1 });
    b.kill();
    await scheduler.run(20);
    assert.deepEqual([near, far], [['o', 1, 'c'], []]);
    const words: string[] = [];
    const accept = () => assert.fail('dead');
    network.connect(a, b, accept, { heard() {}, opened: () => words.push('o'), closed: () => words.push('c') });
    await scheduler.run(30);
    assert.deepEqual(words, ['c']);
  });

  test('a frozen process is connected to, and hears of it after the thaw', async () => {
    const { scheduler, b, line, near, far } = connected();
    b.freeze();
    line.send({ n: 1 });
    await scheduler.run(50);
    assert.deepEqual([near, far], [['o'], []]);
    b.thaw();
    await scheduler.run(60);
    assert.deepEqual(far, [1]);
  });

  test('severed, both ends hear that it closed, and nothing that was on its way', async () => {
    const { scheduler, network, line, near, far, farLine } = connected();
    await scheduler.run(10);
    line.send({ n: 1 });
    farLine().send({ n: 2 });
    network.sever('b', 'a');
    line.send({ n: 3 });
    await scheduler.run(20);
    assert.deepEqual([near, far], [['o', 'c'], ['c']]);
  });
});
