import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fresh, Patch, Sight } from '../rooms/protocol.ts';
import { settle, step } from './sight.ts';

const held: Sight = { seat: 'desk', epoch: 2, seq: 10, view: { status: 'triage' }, offers: ['addNote'] };
const patch = (change: Partial<Patch>): Patch => ({
  room: 'claim/1',
  seat: 'desk',
  epoch: 2,
  from: 10,
  seq: 11,
  patch: { status: 'assigned' },
  ...change,
});
const fresh = (change: Partial<Fresh>): Fresh => ({
  room: 'claim/1',
  seat: 'handler',
  epoch: 2,
  seq: 11,
  view: { a: 1 },
  offers: [],
  ...change,
});

test('the next patch moves the view on and keeps the offers it does not name', () => {
  assert.deepEqual(step(held, patch({})), { ...held, seq: 11, view: { status: 'assigned' } });
  assert.deepEqual(step(held, patch({ offers: ['close'] })), {
    ...held,
    seq: 11,
    view: { status: 'assigned' },
    offers: ['close'],
  });
});

test('a patch from before the held seq is applied: nothing this seat sees changed in between', () => {
  assert.deepEqual(step(held, patch({ from: 7 })), { ...held, seq: 11, view: { status: 'assigned' } });
});

test('what is known or of an earlier owner is ignored', () => {
  assert.equal(step(held, patch({ from: 9, seq: 10 })), 'old');
  assert.equal(step(held, patch({ epoch: 1, from: 50, seq: 51 })), 'old');
  assert.equal(step(held, fresh({ epoch: 1, seq: 99 })), 'old');
  assert.equal(step(held, fresh({ seq: 9 })), 'old');
});

test('a missing patch, a new owner’s patch and another seat’s patch are holes', () => {
  assert.equal(step(held, patch({ from: 11, seq: 12 })), 'hole');
  assert.equal(step(held, patch({ epoch: 3 })), 'hole');
  assert.equal(step(held, patch({ seat: 'holder' })), 'hole');
});

test('a fresh view replaces what is held, also at the same seq', () => {
  assert.deepEqual(step(held, fresh({ seq: 10 })), { seat: 'handler', epoch: 2, seq: 10, view: { a: 1 }, offers: [] });
  assert.deepEqual(step(held, fresh({ epoch: 3, seq: 5 })), {
    seat: 'handler',
    epoch: 3,
    seq: 5,
    view: { a: 1 },
    offers: [],
  });
});

const answer = { ok: true, seat: 'desk', epoch: 3, seq: 14, offers: ['close'] } as const;

test('missed patches lead to where the answer says, over a change of owner too', () => {
  const patches = [patch({ from: 8, seq: 10 }), patch({}), patch({ from: 11, seq: 13, patch: { priority: 'P1' } })];
  const caughtUp = { ...held, epoch: 3, seq: 14, view: { status: 'assigned', priority: 'P1' }, offers: ['close'] };
  assert.deepEqual(settle(held, { ...answer, patches }), caughtUp);
});

test('missed patches with a hole, or with nothing to put them on, ask for the whole view', () => {
  assert.equal(settle(held, { ...answer, patches: [patch({ from: 12, seq: 13 })] }), 'hole');
  assert.equal(settle(null, { ...answer, patches: [] }), 'hole');
});

test('an answer from somebody who knows less is not taken', () => {
  assert.equal(settle(held, { ...answer, epoch: 1, view: {} }), 'old');
  assert.equal(settle(held, { ...answer, epoch: 2, seq: 9, view: {} }), 'old');
});
