/** The gate alone: in order, not early, not twice, and broken for good. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGate } from '../../src/runtime/gate.ts';

const heard = () => {
  const list: string[] = [];
  return {
    list,
    on: (name: string) => [() => void list.push(name), (why: string) => void list.push(`${name} ${why}`)] as const,
  };
};

test('what rests on something durable passes at once', () => {
  const { list, on } = heard();
  createGate(3).hold(3, ...on('a'));
  assert.deepEqual(list, ['a']);
});

test('what waits is let out in order, up to what became durable', () => {
  const { list, on } = heard();
  const gate = createGate(0);
  gate.hold(1, ...on('a'));
  gate.hold(2, ...on('b'));
  gate.hold(2, ...on('c'));
  gate.hold(3, ...on('d'));
  assert.deepEqual(list, []);
  gate.open(2);
  assert.deepEqual(list, ['a', 'b', 'c']);
  gate.open(3);
  assert.deepEqual(list, ['a', 'b', 'c', 'd']);
});

test('commits told in the wrong order never close it again', () => {
  const { list, on } = heard();
  const gate = createGate(0);
  gate.hold(1, ...on('a'));
  gate.open(2);
  gate.open(1);
  gate.hold(2, ...on('b'));
  assert.deepEqual(list, ['a', 'b']);
});

test('broken, it tells everyone who waits, once, and everyone who comes after; what is durable still passes', () => {
  const { list, on } = heard();
  const gate = createGate(1);
  gate.hold(2, ...on('a'));
  gate.break('unknown');
  gate.hold(3, ...on('b'));
  gate.hold(1, ...on('c'));
  gate.open(5);
  assert.deepEqual(list, ['a unknown', 'b unknown', 'c']);
});

test('never: what is never committed is never let out', () => {
  const { list, on } = heard();
  const gate = createGate(0);
  gate.hold(1, ...on('a'));
  gate.open(0);
  assert.deepEqual([list, gate.waiting], [[], 1]);
});
