import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { isAlive } from '../../src/store/embedded/postmaster.ts';
import { kill9, newDataDir, query, spawnStart, start, started, until } from '../support/embedded.ts';

const isRoot = process.getuid?.() === 0;
const pidFileOf = (dataDir: string) => join(dataDir, 'postgres', 'postmaster.pid');

describe('a start', () => {
  test('makes a cluster: durable, UTF-8 by the builtin provider, on loopback only, with a password', async (t) => {
    const dataDir = newDataDir(t);
    const postgres = await start(dataDir);
    assert.equal(postgres.adopted, false);
    const [row] = await query(
      postgres.url,
      `select current_database() as name, pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale,
              current_setting('listen_addresses') as listens, current_setting('unix_socket_directories') as sockets,
              current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit
         from pg_database where datname = current_database()`,
    );
    const expected = { name: 'claimroom', encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8', listens: '127.0.0.1' };
    assert.deepEqual(row, { ...expected, sockets: '', fsync: 'on', commit: 'on' });
    assert.equal(statSync(join(dataDir, 'postgres.password')).mode & 0o777, 0o600);
    const wrong = new URL(postgres.url);
    wrong.password = 'wrong';
    await assert.rejects(query(wrong.href, 'select 1'), { code: '28P01' });
    if (isRoot) assert.notEqual(statSync(join(dataDir, 'postgres')).uid, 0);
    await postgres.stop();
  });

  test('keeps the data of the one before, in less than five seconds', async (t) => {
    const dataDir = newDataDir(t);
    const first = await start(dataDir);
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    const before = Date.now();
    const second = await start(dataDir);
    assert.ok(Date.now() - before < 5_000);
    assert.deepEqual(await query(second.url, 'select answer from kept'), [{ answer: 42 }]);
    await second.stop();
  });

  test('adopts the Postgres that a killed server left behind', async (t) => {
    const dataDir = newDataDir(t);
    const killed = await started(spawnStart(t, dataDir));
    await query(killed.url, 'create table kept as select 42 as answer');
    await kill9(killed.parent);
    assert.ok(isAlive(killed.pid));
    const next = await start(dataDir);
    assert.deepEqual([next.adopted, next.pid, next.url], [true, killed.pid, killed.url]);
    assert.deepEqual(await query(next.url, 'select answer from kept'), [{ answer: 42 }]);
    await next.stop();
    assert.ok(!isAlive(killed.pid));
  });

  test('and another one at once make one cluster and one Postgres', async (t) => {
    const dataDir = newDataDir(t);
    const both = await Promise.all([started(spawnStart(t, dataDir)), started(spawnStart(t, dataDir)), start(dataDir)]);
    assert.equal(new Set(both.map(({ url, pid }) => `${url} ${pid}`)).size, 1);
    assert.equal(both.filter(({ adopted }) => !adopted).length, 1);
  });

  test('killed in the middle of making the cluster is made good by the next', async (t) => {
    const dataDir = newDataDir(t);
    const killed = spawnStart(t, dataDir);
    const unfinished = () => readdirSync(dataDir).find((name) => name.startsWith('postgres.init-'));
    await until(() => existsSync(join(dataDir, unfinished() ?? '-', 'cluster', 'PG_VERSION')));
    await kill9(killed);
    assert.ok(!existsSync(join(dataDir, 'postgres')));
    const next = await start(dataDir);
    assert.deepEqual(await query(next.url, 'select 1 as one'), [{ one: 1 }]);
    await next.stop();
  });

  test('killed while Postgres comes up is made good by the next', async (t) => {
    const dataDir = newDataDir(t);
    await (await start(dataDir)).stop();
    const killed = spawnStart(t, dataDir);
    await until(() => existsSync(pidFileOf(dataDir)));
    await kill9(killed);
    const next = await start(dataDir);
    assert.equal(next.adopted, true);
    await next.stop();
  });

  test('waits for a stop under way, then starts anew', async (t) => {
    const dataDir = newDataDir(t);
    const first = await start(dataDir);
    const [, next] = await Promise.all([first.stop(), start(dataDir)]);
    assert.equal(next.adopted, false);
    assert.deepEqual(await query(next.url, 'select 1 as one'), [{ one: 1 }]);
    await next.stop();
  });
});

describe('a pid file left behind', () => {
  test('by a Postgres that was killed is no obstacle, and what was committed is there', async (t) => {
    const dataDir = newDataDir(t);
    const killed = await start(dataDir);
    await query(killed.url, 'create table kept as select 42 as answer');
    process.kill(killed.pid, 'SIGKILL');
    await until(() => !isAlive(killed.pid));
    assert.ok(existsSync(pidFileOf(dataDir)));
    const next = await start(dataDir);
    assert.equal(next.adopted, false);
    assert.deepEqual(await query(next.url, 'select answer from kept'), [{ answer: 42 }]);
    await next.stop();
  });

  const staleFile = async (dataDir: string, pid: number) => {
    const killed = await start(dataDir);
    process.kill(killed.pid, 'SIGKILL');
    await until(() => !isAlive(killed.pid));
    writeFileSync(pidFileOf(dataDir), readFileSync(pidFileOf(dataDir), 'utf8').replace(/^\d+/, String(pid)));
  };

  test('whose pid is some other program by now does not fool us, nor Postgres', async (t) => {
    const dataDir = newDataDir(t);
    // As the user of Postgres, because that is whom Postgres itself would take for a competitor.
    const owner = isRoot ? { uid: statSync((await clusterOf(dataDir)).path).uid } : {};
    const stranger = spawn('sleep', ['60'], { ...owner, stdio: 'ignore', cwd: '/' });
    t.after(() => stranger.kill());
    await staleFile(dataDir, stranger.pid as number);
    const next = await start(dataDir);
    assert.equal(next.adopted, false);
    assert.ok(isAlive(stranger.pid as number));
    await next.stop();
    assert.ok(isAlive(stranger.pid as number));
  });

  test('whose pid is the Postgres of another folder by now does not fool us', async (t) => {
    const [dataDir, otherDir] = [newDataDir(t), newDataDir(t)];
    const other = await start(otherDir);
    await staleFile(dataDir, other.pid);
    const next = await start(dataDir);
    assert.equal(next.adopted, false);
    assert.notEqual(next.url, other.url);
    await next.stop();
    assert.deepEqual(await query(other.url, 'select 1 as one'), [{ one: 1 }]);
    await other.stop();
  });

  const clusterOf = async (dataDir: string) => {
    await (await start(dataDir)).stop();
    return { path: join(dataDir, 'postgres') };
  };
});

test('stop leaves no process, no pid file, and may be said twice', async (t) => {
  const dataDir = newDataDir(t);
  const postgres = await start(dataDir);
  // An open transaction must not hold it up.
  const sleeping = query(postgres.url, 'select pg_sleep(60)').then(
    () => 'slept',
    (error: Error) => error.message,
  );
  const sleepers = `select 1 from pg_stat_activity where query = 'select pg_sleep(60)'`;
  while ((await query(postgres.url, sleepers)).length === 0);
  if (process.platform === 'linux') assert.ok(processesIn(join(dataDir, 'postgres')).length > 3);
  await postgres.stop();
  assert.match(await sleeping, /terminat/);
  assert.ok(!isAlive(postgres.pid));
  assert.ok(!existsSync(pidFileOf(dataDir)));
  assert.deepEqual(processesIn(join(dataDir, 'postgres')), []);
  await postgres.stop();
});

/** Backends, too: they all work in the folder of the cluster. */
const processesIn = (folder: string): string[] => {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  });
};
