/** A port that somebody else has: said in one sentence, with what to do, and nothing else. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inTime } from '../support/in-time.ts';
import { newDatabase } from '../support/postgres.ts';

const launcher = fileURLToPath(new URL('../../bin/claimroom.mjs', import.meta.url));

test('a port that is taken is said so, with what to do about it', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const dataDir = mkdtempSync(join(tmpdir(), 'claimroom-port-'));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const child = spawn(process.execPath, [launcher, 'start'], {
    cwd: dataDir,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE_URL: await newDatabase(t),
      LOG_LEVEL: 'error',
    },
  });
  t.after(() => child.kill('SIGKILL'));
  const [said, [code]] = await inTime(Promise.all([text(child.stderr), once(child, 'exit')]), 'it gives up', 30_000);
  assert.equal(code, 1);
  assert.equal(said, `Port ${port} is in use by something else. Choose another: PORT=3001, for example.\n`);
});
