import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Cursor, cursorText, readCursor, type SortName, sortNames } from './claim-cursor.ts';

const id = '0190a000-0000-7000-8000-0000000000c1';
const at = '2026-01-01T09:00:00.123456Z';
const keys: Record<SortName, string> = {
  '-updatedAt': at,
  updatedAt: at,
  '-createdAt': at,
  number: 'CLM-2026-0000042',
  priority: 'P9',
  '-reserve': '-1',
};

test('a cursor comes back as it went, for every order, and fits into an address as it is', () => {
  for (const sort of sortNames) {
    const cursor: Cursor = { sort, key: keys[sort], id };
    const text = cursorText(cursor);
    assert.match(text, /^[\w-]{1,300}$/);
    assert.deepEqual(readCursor(text, sort), cursor);
  }
});

test('a cursor of another order is none', () => {
  const text = cursorText({ sort: 'updatedAt', key: at, id });
  assert.equal(readCursor(text, '-updatedAt'), null);
  assert.equal(readCursor(text, 'number'), null);
});

test('what somebody made up is none, whatever it is', () => {
  const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const bad: [SortName, string][] = [
    ['-updatedAt', ''],
    ['-updatedAt', 'x'],
    ['-updatedAt', '\0'],
    ['-updatedAt', made(null)],
    ['-updatedAt', made({ sort: '-updatedAt', key: at, id })],
    ['-updatedAt', made(['-updatedAt', at])],
    ['-updatedAt', made(['-updatedAt', at, id, 1])],
    ['-updatedAt', made(['-updatedAt', 'yesterday', id])],
    ['-updatedAt', made(['-updatedAt', '0000-01-01T00:00:00.000000Z', id])],
    ['-updatedAt', made(['-updatedAt', '2026-02-30T00:00:00.000000Z', id])],
    ['-updatedAt', made(['-updatedAt', at, "' or true --"])],
    ['number', made(['number', "'; drop table claims", id])],
    ['number', made(['number', 'x\0', id])],
    ['-reserve', made(['-reserve', '1e9', id])],
    ['-reserve', made(['-reserve', 5, id])],
    ['-reserve', made(['-reserve', '9'.repeat(17), id])],
  ];
  for (const [sort, text] of bad) assert.equal(readCursor(text, sort), null, `${sort} ${text}`);
});
