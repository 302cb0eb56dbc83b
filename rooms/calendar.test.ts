import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, dayOf } from './calendar.ts';

test('days later is the same time of day, over months, years, leap days and changes of the clocks', () => {
  const table: [string, number, string][] = [
    ['2026-01-01T09:00:00.000Z', 30, '2026-01-31T09:00:00.000Z'],
    ['2026-12-31T23:59:59.999Z', 1, '2027-01-01T23:59:59.999Z'],
    ['2028-02-28T12:00:00.000Z', 1, '2028-02-29T12:00:00.000Z'],
    ['2027-02-28T12:00:00.000Z', 1, '2027-03-01T12:00:00.000Z'],
    ['2026-03-28T12:00:00.000Z', 2, '2026-03-30T12:00:00.000Z'],
    ['2026-10-24T12:00:00.000Z', 2, '2026-10-26T12:00:00.000Z'],
    ['2026-03-01T00:00:00.000Z', -1, '2026-02-28T00:00:00.000Z'],
    ['2026-06-15T08:30:00.123Z', 0, '2026-06-15T08:30:00.123Z'],
  ];
  for (const [from, days, to] of table) assert.equal(addDays(from, days), to, `${from} + ${days}`);
});

test('the day of an instant is the day in UTC', () => {
  assert.equal(dayOf('2026-01-01T00:00:00.000Z'), '2026-01-01');
  assert.equal(dayOf('2026-01-01T23:59:59.999Z'), '2026-01-01');
});
