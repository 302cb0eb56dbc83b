import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createAccountRates } from './account-rates.ts';
import { createCrowd } from './crowd.ts';

describe('all sockets of an account together', () => {
  test('may ask so much a second, however many they are; others do not notice', () => {
    let now = 0;
    const rates = createAccountRates(
      { commandsPerSecondMax: 5, signalsPerSecondMax: 5, rateFactorPerAccount: 2 },
      () => now,
    );
    const taken = () => Array.from({ length: 100 }, () => rates.take('ann', 'command')).filter(Boolean).length;
    assert.equal(taken(), 20, 'a burst of twice as many');
    assert.ok(rates.take('ann', 'signal'), 'signals are counted by themselves');
    assert.ok(rates.take('bob', 'command'));
    now = 1_000;
    assert.equal(taken(), 10);
    // To leave and come back at once brings nothing.
    rates.sweep();
    assert.equal(taken(), 0);
    now = 60_000;
    rates.sweep();
    assert.equal(taken(), 20);
  });
});

describe('an address', () => {
  test('has so many connections and no more, until one goes', () => {
    const crowd = createCrowd(2);
    const leave = crowd.enter('203.0.113.9');
    assert.ok(leave && crowd.enter('203.0.113.9'));
    assert.equal(crowd.enter('203.0.113.9'), null);
    assert.ok(crowd.enter('203.0.113.10'));
    leave();
    leave();
    assert.ok(crowd.enter('203.0.113.9'));
    assert.equal(crowd.enter('203.0.113.9'), null);
  });
});
