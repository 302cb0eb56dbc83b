import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appUrl } from './app-url.ts';

test('the application’s address is the given one, starting as the restricted role', () => {
  const role = '-c%20role%3Dclaimroom_app';
  assert.equal(appUrl('postgres://me:p%40ss@db:5432/claims'), `postgres://me:p%40ss@db:5432/claims?options=${role}`);
  assert.equal(appUrl('postgres://db/claims?sslmode=require'), `postgres://db/claims?sslmode=require&options=${role}`);
  assert.equal(appUrl('postgres:///claims?host=/run/pg'), `postgres:///claims?host=%2Frun%2Fpg&options=${role}`);
  assert.equal(
    appUrl('postgres://db/claims?options=-c%20jit%3Doff'),
    `postgres://db/claims?options=-c%20jit%3Doff%20${role}`,
  );
});
