import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDatabaseAway } from './away.ts';

const failed = (message: string, code?: string) => Object.assign(new Error(message), { code });

test('a database that is gone, full, starting or too slow is away; a wrong value or a bug is not', () => {
  for (const code of ['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '08006', '53100', '53300', '57014'])
    assert.equal(isDatabaseAway(failed('x', code)), true, code);
  for (const message of [
    'Query read timeout',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
  ])
    assert.equal(isDatabaseAway(failed(message)), true, message);
  for (const error of [
    failed('x', '23505'),
    failed('x', '22P02'),
    failed('x', '42P01'),
    failed('Connection'),
    new TypeError('x'),
    null,
    'x',
  ])
    assert.equal(isDatabaseAway(error), false);
});
