import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redisAddress } from './address.ts';

test('one server, with or without its port, secrets, database and TLS', () => {
  assert.deepEqual(redisAddress('redis://localhost'), { host: 'localhost', port: 6_379 });
  assert.deepEqual(redisAddress('redis://:s%40crt@10.0.0.5:7000/3'), {
    host: '10.0.0.5',
    port: 7_000,
    db: 3,
    password: 's@crt',
  });
  assert.deepEqual(redisAddress('rediss://app:secret@redis.example:6380'), {
    host: 'redis.example',
    port: 6_380,
    username: 'app',
    password: 'secret',
    tls: { servername: 'redis.example' },
  });
  assert.deepEqual(redisAddress('redis://[::1]:6379'), { host: '::1', port: 6_379 });
});

test('sentinels, and the name of what they watch over', () => {
  assert.deepEqual(redisAddress('redis+sentinel://a:1,b,c:3/main'), {
    sentinels: [
      { host: 'a', port: 1 },
      { host: 'b', port: 26_379 },
      { host: 'c', port: 3 },
    ],
    name: 'main',
  });
  assert.deepEqual(redisAddress('rediss+sentinel://app:secret@a/main/2'), {
    sentinels: [{ host: 'a', port: 26_379 }],
    name: 'main',
    db: 2,
    username: 'app',
    password: 'secret',
    tls: {},
    enableTLSForSentinelMode: true,
  });
});

test('anything else is not an address', () => {
  for (const text of [
    '',
    'http://a',
    'redis://',
    'redis://a,b',
    'redis://a/x',
    'redis://a:99999',
    'redis+sentinel://a',
    'redis://a b',
  ])
    assert.equal(redisAddress(text), null, text);
});
