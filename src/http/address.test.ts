import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, isLoopback } from './address.ts';

test('a client’s address is what the trusted proxies say, not what it says itself', () => {
  assert.equal(addressOf('1.1.1.1', '10.0.0.1', 0), '10.0.0.1', 'nobody is trusted');
  assert.equal(addressOf('1.1.1.1, 2.2.2.2', '10.0.0.1', 1), '2.2.2.2');
  assert.equal(addressOf('1.1.1.1, 2.2.2.2, 10.0.0.2', '10.0.0.1', 2), '2.2.2.2');
  assert.equal(addressOf('2001:db8::1', '10.0.0.1', 1), '2001:db8::1');
  assert.equal(addressOf(undefined, '10.0.0.1', 1), '10.0.0.1');
  assert.equal(addressOf('<script>', '10.0.0.1', 1), '10.0.0.1', 'it says nothing that could be one');
});

test('this machine is known by each of its names', () => {
  for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) assert.ok(isLoopback(address), address);
  for (const address of ['10.0.0.1', '::', '1127.0.0.1', '']) assert.ok(!isLoopback(address), address);
});
