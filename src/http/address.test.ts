import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, isLoopback } from './address.ts';

const from = (header: string | undefined, proxies: number) =>
  addressOf(
    {
      headers: header === undefined ? {} : { 'x-forwarded-for': header },
      socket: { remoteAddress: '192.0.2.1' },
    } as never,
    proxies,
  );

test('without a trusted proxy nobody can say where they come from', () => {
  assert.equal(from('203.0.113.9', 0), '192.0.2.1');
  assert.equal(from(undefined, 0), '192.0.2.1');
});

test('through trusted proxies it is whom the first of them heard from, whatever was written before', () => {
  assert.equal(from('203.0.113.9', 1), '203.0.113.9');
  assert.equal(from('198.51.100.7, 10.9.9.9, 203.0.113.9', 1), '203.0.113.9');
  assert.equal(from('198.51.100.7, 203.0.113.9, 10.0.0.1', 2), '203.0.113.9');
  assert.equal(from(undefined, 1), '192.0.2.1');
  assert.equal(from('', 1), '192.0.2.1');
});

test('this machine is known by each of its names', () => {
  for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) assert.ok(isLoopback(address), address);
  for (const address of ['10.0.0.1', '::', '1127.0.0.1', '']) assert.ok(!isLoopback(address), address);
});
