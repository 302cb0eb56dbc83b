/** The harness as it is called, against the baseline, which needs no database. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./run.ts', import.meta.url));

const run = (args: readonly string[]) => {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, code, said: () => said };
};
/** Processes of the group that still live. */
const isGroupAlive = (pid: number) => {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
};

test('a short run gives a table and a file with medians, counts and the figures of every round', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'claimroom-run-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'figures.json');
  const args = ['dashboard', '--systems', 'bare', '--seconds', '1', '--rate', '100', '--rounds', '2', '--json', file];
  const { code, said, child } = run([...args, '--processes', '2']);
  assert.equal(await code, 0, said());
  assert.match(said(), /seen p50/);
  assert.equal(isGroupAlive(child.pid!), false);

  const { machine, scenario, results } = JSON.parse(readFileSync(file, 'utf8'));
  assert.deepEqual(Object.keys(machine), ['cpu', 'cores', 'memory_mb', 'node', 'postgres', 'disk_ms']);
  assert.equal(scenario, 'dashboard');
  assert.equal(results.length, 1);
  const [{ system, rate, rounds, sent, acked, seen, errors, ack_ms, seen_ms, loop_delay_ms_p99, detail }] = results;
  assert.deepEqual(
    { system, rate, rounds, sent, acked, seen, errors },
    { system: 'bare', rate: 100, rounds: 2, sent: 200, acked: 200, seen: 200, errors: 0 },
  );
  for (const percentiles of [ack_ms, seen_ms]) assert.ok(percentiles.p50 > 0 && percentiles.max >= percentiles.p99);
  assert.ok(loop_delay_ms_p99 > 0);
  assert.equal(detail.length, 2);
});

test('interrupted, it takes everything it started with it', async () => {
  const { child, code, said } = run(['dashboard', '--systems', 'bare', '--seconds', '30', '--rounds', '1']);
  await new Promise<void>((resolve) => {
    const look = setInterval(() => {
      if (!said().includes('bare runs with')) return;
      clearInterval(look);
      resolve();
    }, 20);
  });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  child.kill('SIGINT');
  assert.equal(await code, 130);
  assert.equal(isGroupAlive(child.pid!), false);
});

test('what cannot be done is said before anything is started', async () => {
  for (const [args, sentence] of [
    [[], /Name one scenario/],
    [['nonsense'], /no scenario nonsense; there are dashboard/],
    [['dashboard', '--systems', 'bare,cobol'], /no system cobol/],
    [['dashboard', '--rate', '-5'], /--rate/],
    [['dashboard', '--rate', 'fast'], /--rate must be a number above 0/],
    [['dashboard', '--rounds', '1.5'], /--rounds must be a whole number/],
    [['dashboard', '--sedonds', '5'], /sedonds/],
  ] as const) {
    const { code, said } = run(args);
    assert.equal(await code, 2);
    assert.match(said(), sentence);
  }
});
