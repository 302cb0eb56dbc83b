import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { auditSoon, recorded } from '../support/audit.ts';
import { newPerson, newServer, type TestServer } from '../support/server.ts';

const claimroom = async (server: TestServer, ...args: string[]) => {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: server.databaseUrl,
    DATA_DIR: server.dataDir,
    LOG_LEVEL: 'silent',
  };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['bin/claimroom.mjs', ...args], { env });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
};

test('from the command line people are invited, disabled and helped back in, beside a running server', async (t) => {
  const server = await newServer(t, { limits: auditSoon });
  const [one, two] = [
    await newPerson(server, { roles: ['administrator'] }),
    await newPerson(server, { roles: ['administrator'] }),
  ];
  const add = await claimroom(server, 'user', 'add', 'new@example.test', '--name', 'New One', '--role', 'agent');
  assert.deepEqual([add.code, /is invited/.test(add.said)], [0, true], add.said);
  assert.match(
    (await claimroom(server, 'user', 'add', 'new@example.test', '--role', 'agent')).said,
    /^This address has an account already\.\n$/,
  );
  assert.match(
    (await claimroom(server, 'user', 'add', 'other@example.test', '--role', 'wizard')).said,
    /no role wizard/,
  );
  assert.equal((await claimroom(server, 'user', 'reset', one.email)).code, 0);
  assert.equal((await claimroom(server, 'user', 'disable', one.email)).code, 0);
  assert.deepEqual(
    [(await claimroom(server, 'user', 'disable', two.email)).code, (await two.get('/api/me')).status],
    [1, 200],
    'the last administrator stays',
  );
  assert.equal((await claimroom(server, 'user', 'disable', 'nobody@example.test')).code, 1);
  assert.equal((await claimroom(server, 'user', 'grant', one.email)).code, 2);
  for (const late = Date.now() + 2_000; (await one.get('/api/me')).status !== 401; ) assert.ok(Date.now() < late);
  const entries = await recorded(server, ({ actor }) => actor === 'operator', 3);
  assert.deepEqual(
    entries.map(({ action, details }) => [action, details.from]),
    [
      ['user_invited', 'command line'],
      ['authn_recovery_sent', 'command line'],
      ['user_disabled', 'command line'],
    ],
  );
});

test('the audit is verified from the command line: 0 when it is sound, 1 when one byte is not', async (t) => {
  const server = await newServer(t, { limits: auditSoon });
  await newPerson(server);
  await recorded(server, () => true);
  const sound = await claimroom(server, 'verify', 'audit');
  assert.deepEqual([sound.code, /as it was written/.test(sound.said)], [0, true], sound.said);
  const [, head = ''] = /up to (\S+)/.exec(sound.said) ?? [];
  assert.equal((await claimroom(server, 'verify', 'audit', '--anchor', head)).code, 0);
  await server.sql(`update audit_entry set body = replace(body, '"done"', '"dome"') where n = 1`);
  const broken = await claimroom(server, 'verify', 'audit');
  assert.deepEqual([broken.code, /:1 is not what was written/.test(broken.said)], [1, true], broken.said);
});
