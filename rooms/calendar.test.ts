import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addDays,
  addMinutes,
  addMs,
  addWorkDays,
  addWorkMinutes,
  dayOf,
  endOf,
  msBetween,
  workMinutesBetween,
} from './calendar.ts';
import { workCalendar } from './work-calendar.ts';

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

test('minutes and milliseconds later, and how long it was', () => {
  assert.equal(addMinutes('2026-01-01T09:00:00.000Z', 90), '2026-01-01T10:30:00.000Z');
  assert.equal(addMs('2026-01-01T09:00:00.000Z', 1), '2026-01-01T09:00:00.001Z');
  assert.equal(msBetween('2026-01-01T09:00:00.000Z', '2026-01-01T10:00:00.000Z'), 3_600_000);
  assert.equal(endOf('2026-02-28'), '2026-03-01T00:00:00.000Z');
});

test('minutes of work pass in office hours only: not at night, at weekends or on bank holidays', () => {
  const table: [string, number, string][] = [
    // A Monday in winter.
    ['2026-02-02T09:00:00.000Z', 240, '2026-02-02T13:00:00.000Z'],
    ['2026-02-02T15:00:00.000Z', 240, '2026-02-03T11:00:00.000Z'],
    ['2026-02-02T15:00:00.000Z', 120, '2026-02-02T17:00:00.000Z'],
    ['2026-02-02T06:00:00.000Z', 30, '2026-02-02T09:30:00.000Z'],
    ['2026-02-02T20:00:00.000Z', 30, '2026-02-03T09:30:00.000Z'],
    // Friday afternoon to Monday; and over Easter, when the clocks have changed, to Tuesday.
    ['2026-02-06T16:30:00.000Z', 60, '2026-02-09T09:30:00.000Z'],
    ['2026-04-02T15:30:00.000Z', 60, '2026-04-07T08:30:00.000Z'],
    // In summer the office opens an hour earlier by UTC.
    ['2026-06-15T08:00:00.000Z', 15, '2026-06-15T08:15:00.000Z'],
    // New Year's Day.
    ['2026-01-01T09:00:00.000Z', 120, '2026-01-02T11:00:00.000Z'],
  ];
  for (const [from, minutes, to] of table)
    assert.equal(addWorkMinutes(from, minutes, workCalendar), to, `${from} + ${minutes}`);
});

test('days of work later is the same time of day, on a day on which people work', () => {
  const table: [string, number, string][] = [
    ['2026-02-02T10:00:00.000Z', 2, '2026-02-04T10:00:00.000Z'],
    ['2026-02-06T15:00:00.000Z', 2, '2026-02-10T15:00:00.000Z'],
    ['2026-02-07T15:00:00.000Z', 1, '2026-02-09T15:00:00.000Z'],
    ['2026-12-24T11:00:00.000Z', 1, '2026-12-29T11:00:00.000Z'],
    // The clocks go forward between Friday and Monday: ten by the clock on the wall is nine by UTC.
    ['2026-03-27T10:00:00.000Z', 1, '2026-03-30T09:00:00.000Z'],
    ['2026-10-23T09:00:00.000Z', 1, '2026-10-26T10:00:00.000Z'],
    ['2026-06-15T08:30:00.123Z', 0, '2026-06-15T08:30:00.123Z'],
  ];
  for (const [from, days, to] of table) assert.equal(addWorkDays(from, days, workCalendar), to, `${from} + ${days}`);
});

test('how much work lies between two instants is what adding it again makes of the first', () => {
  const table: [string, string, number][] = [
    ['2026-02-02T09:00:00.000Z', '2026-02-02T13:00:00.000Z', 240],
    ['2026-02-02T15:00:00.000Z', '2026-02-03T11:00:00.000Z', 240],
    // From Friday evening to Monday morning, and within a night.
    ['2026-02-06T18:00:00.000Z', '2026-02-09T09:30:00.000Z', 30],
    ['2026-02-06T18:00:00.000Z', '2026-02-06T23:00:00.000Z', 0],
    ['2026-02-03T11:00:00.000Z', '2026-02-02T15:00:00.000Z', 0],
    // Over the change of the clocks in spring, a Sunday.
    ['2026-03-27T16:00:00.000Z', '2026-03-30T09:00:00.000Z', 120],
  ];
  for (const [from, to, minutes] of table) {
    assert.equal(workMinutesBetween(from, to, workCalendar), minutes, `${from} to ${to}`);
    for (const more of [1, 60, 481, 2_000])
      assert.equal(workMinutesBetween(from, addWorkMinutes(from, more, workCalendar), workCalendar), more);
  }
});
