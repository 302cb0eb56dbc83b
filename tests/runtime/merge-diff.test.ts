/** Promise 3, the arithmetic of it: patching what a watcher has gives what it should have, whatever the views are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergePatch } from '../../client/merge-patch.ts';
import { mergeDiff } from '../../src/runtime/merge-diff.ts';

const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 3 }));
const key = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'constructor', 'toString'),
  fc.string({ maxLength: 4 }).filter((name) => name !== '__proto__'),
);
const { view } = fc.letrec<{ view: Record<string, unknown> }>((tie) => ({
  view: fc.dictionary(key, fc.oneof({ depthSize: 'small' }, leaf, tie('view')), { maxKeys: 5, noNullPrototype: true }),
}));

test('before + diff(before, after) = after', () => {
  fc.assert(
    fc.property(view, view, (before, after) => {
      const patch = mergeDiff(before, after);
      const wire = patch === undefined ? {} : JSON.parse(JSON.stringify(patch));
      assert.deepEqual(plain(mergePatch(before, wire)), plain(after));
    }),
    { numRuns: 2_000 },
  );
});

test('nothing changed is no patch', () => {
  fc.assert(fc.property(view, (before) => assert.equal(mergeDiff(before, structuredClone(before)), undefined)));
});

test('a field that became undefined is removed', () => {
  assert.deepEqual(mergeDiff({ a: 1, b: 2 }, { a: undefined, b: 2 }), { a: null });
});

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
