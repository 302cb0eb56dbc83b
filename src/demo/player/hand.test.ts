import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDice } from '../past/dice.ts';
import { createHand } from './hand.ts';
import type { Known } from './turns.ts';

const claim = (id: string): Known => ({ id, status: 'triage', holderId: 'mia' });
const drawn = (hand: ReturnType<typeof createHand>, seed: string) => {
  const dice = createDice(seed);
  return Array.from({ length: 300 }, () => hand.next(dice));
};
const glance = (status: string) => ({ seat: 'desk', view: { status, handlerId: 'ann' }, offers: [] });

test('what is begun comes before anything new, and with full hands there is nothing new', () => {
  const hand = createHand({ inHandMax: 2, openMax: 10 });
  assert.ok(drawn(hand, 'empty').every((next) => typeof next === 'string'));
  hand.take(claim('a'));
  const begun = drawn(hand, 'one').filter((next) => typeof next === 'object');
  assert.ok(begun.length > 240 && begun.length < 300);
  hand.take(claim('b'));
  assert.ok(drawn(hand, 'full').every((next) => typeof next === 'object'));
  hand.drop('a');
  assert.ok(drawn(hand, 'one').some((next) => typeof next === 'string'));
});

test('no more is reported while too many of the claims reported are open, dropped or not', () => {
  const hand = createHand({ inHandMax: 5, openMax: 2 });
  hand.report(claim('a'));
  assert.ok(drawn(hand, 'one').includes('report'));
  hand.report(claim('b'));
  assert.ok(!drawn(hand, 'two').includes('report'));
  hand.drop('a');
  assert.ok(!drawn(hand, 'two').includes('report'));
  hand.learn('b', glance('settling'));
  assert.ok(!drawn(hand, 'two').includes('report'));
  hand.learn('b', glance('closed'));
  assert.ok(drawn(hand, 'one').includes('report'));
});

test('a dropped claim that is taken up again and then ends makes room for a new one', () => {
  const hand = createHand({ inHandMax: 5, openMax: 1 });
  hand.report(claim('a'));
  hand.drop('a');
  hand.take(claim('a'));
  hand.learn('a', glance('denied'));
  assert.ok(drawn(hand, 'one').includes('report'));
});

test('what a view shows is known from then on, and what it does not show stays known', () => {
  const hand = createHand({ inHandMax: 1, openMax: 1 });
  hand.take(claim('a'));
  hand.learn('a', glance('assigned'));
  hand.learn('a', { seat: 'holder', view: { status: 'review' }, offers: [] });
  const known = hand.next(createDice('any'));
  assert.deepEqual(known, { id: 'a', status: 'review', holderId: 'mia', handlerId: 'ann', assessorId: undefined });
});
