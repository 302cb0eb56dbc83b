import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelOf } from './label.ts';
import { issueText, refusalText } from './refusal.ts';

test('names nobody has named read as words', () => {
  const table: [string, string][] = [
    ['setReserve', 'Set reserve'],
    ['handlerId', 'Handler'],
    ['occurredOn', 'Occurred on'],
    ['openedAt', 'Opened at'],
    ['isInjury', 'Injury'],
    ['awaiting_info', 'Awaiting info'],
    ['first-contact', 'First contact'],
    ['id', 'Id'],
    ['P1', 'P1'],
  ];
  for (const [name, label] of table) assert.equal(labelOf(name), label);
});

test('refusals are sentences, known by heart or read out of their code', () => {
  const rules = {
    'claim/over-reserve': 'It is more than is put aside for it.',
    'claim/coverage-in-question': 'Whether the policy pays is in question.',
    'claim/unfinished': 'Something has to be finished first.',
    'claim/no-such-party': 'The claim knows nobody by this id.',
  };
  const said = (code: string, details?: Record<string, unknown>, currency?: string) =>
    refusalText({ code, details }, { currency, rules }).replaceAll(/\s/g, ' ');
  assert.equal(said('forbidden'), 'You may not do this.');
  assert.match(said('claim/over-authority', { limit: 500_000 }, 'GBP'), /^Over authority \(limit .*5,?000\.00.*\)\.$/);
  assert.equal(said('claim/no-such-item'), 'No such item.');
  assert.equal(
    said('claim/not-now', {
      unmet: [{ status: 'awaiting_info', needs: ['assigned', 'review'] }],
      allowed: ['addNote'],
    }),
    'Not now: it is awaiting info, and would have to be assigned or review. You could: add note.',
  );
  assert.equal(said('claim/not-now', {}), 'Not now.');
  assert.equal(said('constructor'), 'Constructor.');
  assert.match(
    said('claim/over-reserve', { reserve: { amount: 90_000, currency: 'GBP' } }),
    /^It is more than is put aside for it \(reserve .*900\.00.*\)\.$/,
  );
  assert.equal(
    said('claim/coverage-in-question', { inQuestion: ['policy-unknown', 'other-currency'] }),
    'Whether the policy pays is in question (in question policy unknown, other currency).',
  );
  assert.equal(
    said('claim/unfinished', { unmet: [{ guard: 'open-exposures', ids: ['x'] }, { guard: 'payments-held' }] }),
    'Something has to be finished first (open exposures, payments held).',
  );
  const id = '0190a000-0000-7000-8000-000000000002';
  assert.equal(said('claim/no-such-party', { id }), 'The claim knows nobody by this id.');
  assert.equal(said('claim/unknown-rule', { ids: [id] }), 'Unknown rule.');
});

test('issues that speak like a schema are put into words, others are left as they are', () => {
  assert.equal(issueText('Invalid input: expected string, received undefined'), 'This is needed.');
  assert.equal(issueText('Too big: expected string to have <=40 characters'), 'At most 40 characters.');
  assert.equal(issueText('Invalid option: expected one of "a"|"b"'), 'Choose one of these.');
  assert.equal(issueText('say whose claim it is'), 'Say whose claim it is.');
});
