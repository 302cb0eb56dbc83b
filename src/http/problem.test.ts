import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem, problemBody, refusedBy, statusOf } from './problem.ts';

test('a rule of a room that says no is a conflict, with the sentence it has, or one made of its code', () => {
  const over = refusedBy({ ok: false, code: 'claim/over-reserve', details: { reserve: 5 }, retry: 'no' });
  assert.deepEqual(problemBody(over), {
    type: '/problems/claim/over-reserve',
    title: 'It is more than is put aside for it.',
    status: 409,
    code: 'claim/over-reserve',
    details: { reserve: 5 },
  });
  assert.deepEqual(over.headers, {});
  const other = refusedBy({ ok: false, code: 'garden/too-wet', retry: 'no' });
  assert.equal(problemBody(other).title, 'Garden: too wet.');
});

test('each well-known code has its status', () => {
  const expected = {
    invalid: 400,
    unauthorized: 401,
    forbidden: 403,
    'not-found': 404,
    stale: 412,
    'too-large': 413,
    'not-json': 415,
  };
  for (const [code, status] of Object.entries(expected)) assert.equal(statusOf(code), status);
  assert.equal(statusOf('command/id-reused'), 422);
  for (const code of ['busy', 'moved', 'unknown', 'unavailable']) assert.equal(statusOf(code), 503);
  for (const code of ['constructor', '__proto__', 'toString']) assert.equal(statusOf(code), 409);
});

test('whatever is worth sending again says when, in whole seconds', () => {
  assert.equal(problem('busy').headers?.['Retry-After'], '1');
  assert.equal(problem('auth/throttled', undefined, {}, 61_001).headers?.['Retry-After'], '62');
  assert.equal(
    refusedBy({ ok: false, code: 'unknown', retry: 'same-id', retryAfterMs: 1 }).headers?.['Retry-After'],
    '1',
  );
  assert.equal(problem('forbidden').headers?.['Retry-After'], undefined);
});
