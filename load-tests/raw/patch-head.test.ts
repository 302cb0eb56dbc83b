import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patchHead } from './patch-head.ts';

const headOf = (message: readonly unknown[]) => {
  const bytes = Buffer.from(`..42${JSON.stringify(message)}`);
  return patchHead(bytes, 2, bytes.length);
};
const room = 'claim/01a19b61-2f40-7b6f-9df7-676b3a9c5ada';

test('of a patch only the beginning is read', () => {
  const patch = { notes: { x: { text: '"from":9' } } };
  const message = { room, seat: 'desk', epoch: 2, from: 12, seq: 15, patch };
  assert.deepEqual(headOf(['room:patch', message]), { room, from: 12, seq: 15 });
});

test('signals, whole views and goodbyes are none', () => {
  for (const message of [
    ['room:signal', { room, kind: 'presence', data: {} }],
    ['room:patch', { room, seat: 'desk', epoch: 3, seq: 15, view: {}, offers: [] }],
    ['room:patch', { room, seat: null }],
  ])
    assert.equal(headOf(message), null);
});
