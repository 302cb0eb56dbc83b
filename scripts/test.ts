/** `npm test` runs everything, in stages; `node scripts/test.ts fast` runs only the stages named. */
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { findChromium } from '../tests/support/chromium.ts';
import { findProgram, type ProgramName } from '../tests/support/programs.ts';
import { type TestCluster, testCluster } from '../tests/support/test-cluster.ts';

interface Stage {
  readonly name: string;
  readonly patterns: readonly string[];
  /** Too long for every change: `npm run faults`. */
  readonly isOnlyWhenNamed?: boolean;
  readonly needsPostgres: boolean;
  /** Looked for, and if need be installed, before its files are run; where there is none they skip. */
  readonly needsChromium?: boolean;
  readonly needsPrograms?: readonly ProgramName[];
  readonly filesAtOnce: number;
  readonly testTimeoutMs: number;
}

const stages: readonly Stage[] = [
  {
    name: 'fast',
    patterns: [
      '{rooms,src,handlers,client,web,scripts}/**/*.test.ts',
      'tests/*.test.ts',
      'tests/runtime/**/*.test.ts',
      'tests/cluster/**/*.test.ts',
      'tests/matrix/**/*.test.ts',
    ],
    needsPostgres: false,
    filesAtOnce: availableParallelism(),
    testTimeoutMs: 30_000,
  },
  {
    // The parts of the simulator; the runs themselves are started from here, in threads of their own.
    name: 'simulation',
    patterns: ['tests/simulation/**/*.test.ts'],
    needsPostgres: false,
    filesAtOnce: 1,
    testTimeoutMs: 400_000,
  },
  {
    name: 'integration',
    patterns: ['tests/{integration,contract,socket,deploy}/**/*.test.ts', 'load-tests/**/*.test.ts'],
    needsPostgres: true,
    needsPrograms: ['haproxy', 'promtool', 'redis-server'],
    filesAtOnce: Math.min(availableParallelism(), 4),
    testTimeoutMs: 120_000,
  },
  {
    // A minute of noise by itself: beside others it would only measure the machine.
    name: 'fuzz',
    patterns: ['tests/fuzz/**/*.test.ts'],
    needsPostgres: true,
    filesAtOnce: 1,
    testTimeoutMs: 300_000,
  },
  {
    // What is on the screen when: beside others these would only measure each other.
    name: 'browser',
    patterns: ['tests/browser/**/*.test.ts'],
    needsPostgres: true,
    needsChromium: true,
    filesAtOnce: 1,
    testTimeoutMs: 120_000,
  },
  {
    // Processes are killed under load here: beside others they would only measure each other.
    name: 'faults',
    patterns: ['tests/faults/*.test.ts'],
    needsPostgres: true,
    needsPrograms: ['haproxy', 'redis-server'],
    filesAtOnce: 1,
    testTimeoutMs: 300_000,
  },
  {
    name: 'every-fault',
    patterns: ['tests/faults/every/*.test.ts'],
    isOnlyWhenNamed: true,
    needsPostgres: true,
    needsPrograms: ['haproxy', 'redis-server', 'redis-sentinel'],
    filesAtOnce: 1,
    testTimeoutMs: 300_000,
  },
];

const total = { passed: 0, failed: 0, skipped: 0 };
const skippedTests: string[] = [];
const timings: string[] = [];
const interrupted = new AbortController();
let cluster: TestCluster | undefined;

const main = async (names: readonly string[]) => {
  const unknown = names.find((name) => !stages.some((stage) => stage.name === name));
  if (unknown) throw new Error(`There is no stage ${unknown}, only ${stages.map(({ name }) => name).join(', ')}.`);
  const chosen = stages.filter(({ name, isOnlyWhenNamed }) =>
    names.length === 0 ? !isOnlyWhenNamed : names.includes(name),
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => interrupted.abort(new Error(`Interrupted by ${signal}`)));
  try {
    for (const stage of chosen) if (!interrupted.signal.aborted) await runStage(stage);
  } finally {
    await cluster?.stop();
  }
  report();
};

const runStage = async (stage: Stage) => {
  const files = globSync(stage.patterns).sort();
  const since = Date.now();
  console.log(`\n── ${stage.name}: ${files.length} files ──`);
  // Without files node:test would look for some itself.
  if (files.length > 0) {
    if (stage.needsPostgres) {
      cluster ??= await testCluster();
      process.env.TEST_POSTGRES_URL = cluster.url;
    }
    if (stage.needsChromium) findChromium();
    for (const program of stage.needsPrograms ?? []) findProgram(program);
    await runFiles(stage, files);
  }
  timings.push(`${stage.name} ${((Date.now() - since) / 1000).toFixed(1)} s`);
};

const runFiles = async ({ filesAtOnce, testTimeoutMs }: Stage, files: string[]) => {
  const execArgv = ['--import', import.meta.resolve('../tests/support/end-in-time.ts')];
  const { signal } = interrupted;
  const tests = run({ files, execArgv, concurrency: filesAtOnce, timeout: testTimeoutMs, signal });
  tests.on('test:summary', ({ file, success, counts }) => {
    if (file !== undefined) return;
    const skipped = counts.skipped + counts.todo;
    const failed = counts.tests - counts.passed - skipped;
    total.passed += counts.passed;
    total.skipped += skipped;
    // A file that dies may count no test.
    total.failed += success ? failed : Math.max(failed, 1);
  });
  tests.on('test:pass', ({ name, file, skip, todo }) => {
    const reason = skip ?? todo;
    if (reason !== undefined) skippedTests.push(`${file ?? ''}: ${name}${reason === true ? '' : ` (${reason})`}`);
  });
  for await (const text of tests.compose(new spec())) process.stdout.write(text);
};

const report = () => {
  const known = new Set(stages.flatMap(({ patterns }) => globSync(patterns)));
  const homeless = globSync('**/*.test.ts', { exclude: ['node_modules/**'] }).filter((file) => !known.has(file));
  for (const file of homeless) console.log(`FAILED: no stage runs ${file}`);
  total.failed += homeless.length;

  const isSkippingFailure = process.env.REQUIRE_ALL === '1' && total.skipped > 0;
  if (total.skipped > 0) {
    console.log(
      `\n!!! ${total.skipped} TESTS WERE SKIPPED${isSkippingFailure ? ', which REQUIRE_ALL=1 forbids' : ''}:`,
    );
    for (const title of skippedTests) console.log(`!!!   ${title}`);
  }
  if (interrupted.signal.aborted) console.log(`\n${String(interrupted.signal.reason)}`);
  console.log(`\n${timings.join(', ')}`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  if (total.failed > 0 || isSkippingFailure || interrupted.signal.aborted) process.exitCode = 1;
};

await main(process.argv.slice(2));
