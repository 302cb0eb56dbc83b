import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ConfigError, type Environment, loadConfig, variableNames } from './config.ts';
import { defaultLimits, limitNames, variableOf } from './limits.ts';

const pemOf = (namedCurve: string) =>
  generateKeyPairSync('ec', { namedCurve }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const problemsOf = (environment: Environment): readonly string[] => {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
};

test('nothing needs to be set in development', () => {
  const config = loadConfig({});
  assert.equal(config.mode, 'development');
  assert.equal(config.host, '0.0.0.0');
  assert.equal(config.port, 3000);
  assert.match(config.dataDir, /\/data$/);
  assert.equal(config.databaseUrl, undefined);
  assert.equal(config.nodeId, 'local');
  assert.deepEqual(config.allowedOrigins, []);
  assert.deepEqual(config.limits, defaultLimits);
});

test('production refuses to start without its secrets, and names all of them', () => {
  assert.deepEqual(problemsOf({ NODE_ENV: 'production' }), [
    'DATABASE_URL is missing: in production it must be given.',
    'JWT_PRIVATE_KEY is missing: in production it must be given.',
  ]);
  const given = { DATABASE_URL: 'postgres://a:b@localhost/c', JWT_PRIVATE_KEY: pemOf('prime256v1') };
  assert.equal(loadConfig({ NODE_ENV: 'production', ...given }).mode, 'production');
});

test('many nodes: a Redis, and in production a secret for the mesh', () => {
  const alone = loadConfig({});
  assert.deepEqual([alone.redis, alone.redisPrefix, alone.mesh.host], [undefined, 'claimroom', '127.0.0.1']);
  const secret = 'x'.repeat(32);
  const { redis, mesh } = loadConfig({
    REDIS_URL: 'rediss://redis.example/2',
    MESH_SECRET: secret,
    MESH_HOST: '0.0.0.0',
    MESH_PORT: '4000',
    MESH_URL: 'https://one:4000',
  });
  assert.deepEqual([redis?.host, redis?.db, redis?.tls], ['redis.example', 2, { servername: 'redis.example' }]);
  assert.deepEqual(mesh, { secret, host: '0.0.0.0', port: 4000, url: 'https://one:4000', tls: undefined });
  const given = {
    NODE_ENV: 'production',
    DATABASE_URL: 'postgres://a:b@localhost/c',
    JWT_PRIVATE_KEY: pemOf('prime256v1'),
    REDIS_URL: 'redis://redis.example',
  };
  assert.deepEqual(problemsOf(given), ['MESH_SECRET is missing: in production it must be given with REDIS_URL.']);
  assert.deepEqual(problemsOf({ MESH_TLS_CERT: '/nowhere', MESH_TLS_KEY: '/nowhere' }), [
    'MESH_TLS_CERT names a file that cannot be read.',
    'MESH_TLS_KEY names a file that cannot be read.',
    'MESH_TLS_CA is missing: TLS of the mesh needs all three.',
  ]);
});

test('everything that is wrong is said at once, a line each, and no value is quoted', () => {
  const wrong = {
    NODE_ENV: 'prod',
    PORT: '70000',
    DATABASE_URL: 'mysql://root:hunter2@localhost/x',
    JWT_PRIVATE_KEY: pemOf('secp384r1'),
    LOG_LEVEL: 'loud',
    NODE_ID: 'Node 1',
    REDIS_URL: 'redis://a:hunter2@b,c',
    REDIS_PREFIX: 'A:B',
    MESH_SECRET: 'hunter2',
    MESH_PORT: 'x',
    MESH_URL: 'ws://a',
    ALLOWED_ORIGINS: 'https://a.example,https://b.example/path',
    METRICS_TOKEN: 'hunter2',
    SENTRY_DSN: 'https://key:hunter2@errors.example/7',
    TRUSTED_PROXY_HOPS: '-1',
    LIMIT_SOCKETS_MAX: '0',
    LIMIT_BODY_BYTES_MAX: '1e6',
    LIMIT_SOKETS_MAX: '5',
  };
  const problems = problemsOf(wrong);
  assert.deepEqual(problems.map((problem) => problem.split(' ')[0] ?? '').sort(), Object.keys(wrong).sort());
  const error = new ConfigError(problems);
  assert.equal(error.message.split('\n').length, 1 + Object.keys(wrong).length);
  assert.doesNotMatch(error.message, /hunter2|PRIVATE KEY-/);
});

test('an empty variable counts as not set', () => {
  assert.equal(loadConfig({ PORT: '', DATABASE_URL: '', LIMIT_SOCKETS_MAX: '' }).port, 3000);
});

test('every limit can be set by its own variable', () => {
  for (const name of limitNames) assert.equal(loadConfig({ [variableOf(name)]: '7' }).limits[name], 7, name);
  assert.equal(variableOf('commandsWaitingPerRoomMax'), 'LIMIT_COMMANDS_WAITING_PER_ROOM_MAX');
});

test('a key may be written on one line', () => {
  const pem = pemOf('prime256v1');
  assert.equal(loadConfig({ JWT_PRIVATE_KEY: pem.replaceAll('\n', '\\n') }).jwtPrivateKey, pem);
});

test('the configuration cannot be changed, at any depth', () => {
  const config = loadConfig({});
  assert.ok([config, config.limits, config.allowedOrigins, defaultLimits].every(Object.isFrozen));
});

test('.env.example names every variable that is read, no other, and the defaults of the limits', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  const shown = new Map(
    [...example.matchAll(/^(?:# )?([A-Z][A-Z_0-9]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  assert.deepEqual([...shown.keys()].sort(), [...variableNames].sort());
  for (const name of limitNames) assert.equal(shown.get(variableOf(name)), String(defaultLimits[name]), name);
});
