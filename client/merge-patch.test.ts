import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergePatch } from './merge-patch.ts';

type Tree = { [key: string]: unknown };
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The algorithm as RFC 7396 spells it, on a copy. */
const reference = (target: unknown, patch: unknown): unknown => {
  if (!isTree(patch)) return patch;
  const result: Tree = isTree(target) ? target : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = reference(Object.hasOwn(result, key) ? result[key] : undefined, value);
  }
  return result;
};
/** What a server sends to lead from one view to the next. */
const difference = (from: Tree, to: Tree): Tree => {
  const patch: Tree = {};
  for (const key of Object.keys(from)) if (!Object.hasOwn(to, key)) patch[key] = null;
  for (const [key, value] of Object.entries(to)) {
    const was = Object.hasOwn(from, key) ? from[key] : undefined;
    if (isTree(was) && isTree(value)) {
      const inner = difference(was, value);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (JSON.stringify(was) !== JSON.stringify(value)) patch[key] = value;
  }
  return patch;
};

const name = fc.constantFrom('a', 'b', 'c', 'constructor', 'toString', 'hasOwnProperty', 'prototype');
const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.integer(), { maxLength: 3 }));
const { tree: view } = fc.letrec<{ value: unknown; tree: Tree }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, leaf, tie('tree')),
  tree: fc.dictionary(name, tie('value'), { maxKeys: 5, noNullPrototype: true }),
}));
const { tree: patch } = fc.letrec<{ value: unknown; tree: Tree }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, leaf, fc.constant(null), tie('tree')),
  tree: fc.dictionary(name, tie('value'), { maxKeys: 5, noNullPrototype: true }),
}));

test('the examples of RFC 7396 come out as printed there', () => {
  const examples: [unknown, unknown, unknown][] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  for (const [target, change, result] of examples) assert.deepEqual(mergePatch(target, change), result);
});

test('any patch does what the RFC’s algorithm does, and never writes to what was there', () => {
  fc.assert(
    fc.property(view, patch, (before, change) => {
      const copy = structuredClone(before);
      assert.deepEqual(mergePatch(before, change), reference(structuredClone(before), change));
      assert.deepEqual(before, copy);
    }),
  );
});

test('a view followed by patches equals the server’s view at every step', () => {
  fc.assert(
    fc.property(fc.array(view, { minLength: 2, maxLength: 12 }), ([first, ...rest]) => {
      let [server, client]: [Tree, unknown] = [first!, structuredClone(first)];
      for (const next of rest) {
        client = mergePatch(client, JSON.parse(JSON.stringify(difference(server, next))));
        assert.deepEqual(client, next);
        server = next;
      }
    }),
  );
});

test('what a patch does not touch stays the same object', () => {
  const before = { loss: { place: 'Leeds' }, notes: { one: { text: 'a' }, two: { text: 'b' } } };
  const after = mergePatch(before, { notes: { two: { text: 'c' }, three: { text: 'd' } } }) as typeof before;
  assert.equal(after.loss, before.loss);
  assert.equal(after.notes.one, before.notes.one);
  assert.notEqual(after.notes, before.notes);
  assert.equal(mergePatch(before, { loss: { place: 'Leeds' }, gone: null, notes: {} }), before);
});

test('a map of many ids loses its oldest and gains a new one without touching the rest', () => {
  const idOf = (n: number) => `id-${n}`;
  let map: unknown = {};
  for (let n = 0; n < 200; n++) {
    const before = map as Record<string, { n: number }>;
    map = mergePatch(before, { [idOf(n)]: { n }, ...(n >= 50 && { [idOf(n - 50)]: null }) });
    const after = map as typeof before;
    assert.deepEqual(
      Object.keys(after),
      Object.keys(before)
        .slice(n >= 50 ? 1 : 0)
        .concat(idOf(n)),
    );
    if (n > 0) assert.equal(after[idOf(n - 1)], before[idOf(n - 1)]);
    assert.equal(Object.getPrototypeOf(after), Object.prototype);
  }
});

test('names of the prototype chain pollute nothing', () => {
  const change = JSON.parse(
    '{"__proto__":{"evil":1},"a":{"__proto__":{"evil":1}},"constructor":{"prototype":{"evil":1}}}',
  );
  const after = mergePatch({}, change) as Tree;
  assert.equal(({} as Tree).evil, undefined);
  assert.equal(after.evil, undefined);
  assert.equal((after.a as Tree).evil, undefined);
  assert.equal(Object.getPrototypeOf(after), Object.prototype);
  assert.equal(Object.getPrototypeOf(after.a), Object.prototype);
  assert.ok(Object.hasOwn(after, 'constructor'));
});
