/** A defect nobody caught: the process says so, takes no more work, ends what is under way, and exits so that it is started again. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inTime } from '../support/in-time.ts';
import { newDatabase } from '../support/postgres.ts';

const launcher = fileURLToPath(new URL('../../bin/claimroom.mjs', import.meta.url));
/** What a library or a forgotten promise would do, when it is told to. */
const defects = {
  'an exception': `throw new Error('a defect')`,
  'a rejection': `void Promise.reject(new Error('a defect'))`,
};

for (const [name, defect] of Object.entries(defects))
  test(`${name} nobody caught is logged, the work ends, and the exit code is not zero`, async (t) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'claimroom-uncaught-'));
    t.after(() => rmSync(dataDir, { recursive: true, force: true }));
    const preload = `data:text/javascript,process.on('SIGUSR2', () => setTimeout(() => { ${defect} }, 1))`;
    const child = spawn(process.execPath, ['--import', preload, launcher, 'start'], {
      cwd: dataDir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOST: '127.0.0.1',
        PORT: '0',
        DATA_DIR: dataDir,
        DATABASE_URL: await newDatabase(t),
        LOG_LEVEL: 'info',
      },
    });
    t.after(() => child.kill('SIGKILL'));
    let said = '';
    const listening = new Promise<string>((resolve) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (bytes: Buffer) => {
          said += bytes.toString();
          const url = /"url":"([^"]+)"/.exec(said)?.[1];
          if (url !== undefined) resolve(url);
        });
    });
    const url = await inTime(listening, 'it listens', 30_000).catch((error: Error) =>
      assert.fail(`${error.message}: ${said}`),
    );
    assert.equal((await fetch(`${url}/readyz`)).status, 200);

    const exited = once(child, 'exit');
    child.kill('SIGUSR2');
    const [code] = await inTime(exited, 'it exits');
    assert.equal(code, 1, said);
    assert.match(said, /a defect/);
    assert.match(said, /stopping: finishing what is under way/);
    assert.match(said, /"isClean":true/, 'its mailboxes were emptied');
    await assert.rejects(fetch(`${url}/healthz`), 'nobody answers any more');
  });
