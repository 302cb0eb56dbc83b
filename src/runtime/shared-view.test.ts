import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedView } from './shared-view.ts';

test('what two views have in common is what both show, and show alike', () => {
  const one = { status: 'open', reserve: 5, notes: { a: { text: 'x' }, b: { text: 'y' } }, list: [1, 2], empty: {} };
  const other = {
    status: 'open',
    label: 'Open',
    notes: { a: { text: 'x', by: 'me' }, c: {} },
    list: [1, 2],
    empty: {},
  };
  const shared = { status: 'open', notes: { a: { text: 'x' } }, list: [1, 2], empty: {} };
  assert.deepEqual(sharedView(one, other), shared);
  assert.deepEqual(sharedView(other, one), shared);
  assert.deepEqual(sharedView(one, one), one);
});

test('a field shown otherwise, or as something else, is not in common', () => {
  assert.deepEqual(sharedView({ a: 1, b: 'x', c: {}, d: [1] }, { a: 2, b: {}, c: 'x', d: [2] }), {});
  assert.deepEqual(sharedView({ constructor: 1 }, {}), {});
});
