import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashOf, routeOf } from './route.ts';

test('every place in the page has an address, and every address leads somewhere', () => {
  const id = '0190a000-0000-7000-8000-000000000001';
  for (const route of [
    { page: 'claim', id },
    { page: 'claims', search: '', status: '', sort: '' },
    { page: 'claims', search: 'a & b#?', status: 'triage', sort: '-reserve' },
  ] as const)
    assert.deepEqual(routeOf(hashOf(route)), route);
  for (const hash of ['', '#', '#/', '#/nowhere', '#/claims/x', '#main'])
    assert.equal(routeOf(hash).page, 'claims', hash);
});
