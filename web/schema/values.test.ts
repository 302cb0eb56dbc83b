import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localInstant, majorUnits, minorUnits, utcInstant } from './values.ts';

test('amounts are read as people write them, to the penny', () => {
  const table: [string, string, number | null][] = [
    ['19.99', 'GBP', 1_999],
    ['19,99', 'EUR', 1_999],
    ['1,234.50', 'GBP', 123_450],
    ['1.234,5', 'EUR', 123_450],
    ['1,234', 'GBP', 123_400],
    ['1 234 567', 'USD', 123_456_700],
    ['£ 12', 'GBP', 1_200],
    ['0', 'GBP', 0],
    ['.5', 'GBP', 50],
    ['1500', 'JPY', 1_500],
    ['90071992547409.92', 'GBP', null],
    ['', 'GBP', null],
    ['-5', 'GBP', null],
    ['12.345.6', 'GBP', 1_234_560],
    ['1.2345', 'GBP', null],
    ['twelve', 'GBP', null],
  ];
  for (const [typed, currency, amount] of table) assert.equal(minorUnits(typed, currency), amount, typed);
});

test('what a field begins with is read back as the same amount', () => {
  for (const amount of [0, 1, 99, 100, 1_999, 123_456_789, Number.MAX_SAFE_INTEGER])
    assert.equal(minorUnits(majorUnits(amount, 'GBP'), 'GBP'), amount);
});

test('an instant is the same in the reader’s zone and back', () => {
  for (const at of ['2026-01-02T03:04:00.000Z', '2026-07-02T23:04:00.000Z'])
    assert.equal(utcInstant(localInstant(at)), at);
  assert.equal(localInstant(''), '');
  assert.equal(utcInstant('soon'), null);
});
