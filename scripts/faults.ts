/** `npm run faults`: every fault there is, with its broken twins, and at the end one table and one line. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Row, table, tableFile } from '../tests/faults/many/table.ts';

const folder = mkdtempSync(join(tmpdir(), 'claimroom-faults-'));
const file = join(folder, 'table');
const tests = fileURLToPath(new URL('test.ts', import.meta.url));
const { status, stdout } = spawnSync(process.execPath, [tests, 'faults', 'every-fault'], {
  env: { ...process.env, [tableFile]: file },
  stdio: ['ignore', 'pipe', 'inherit'],
  encoding: 'utf8',
  maxBuffer: 100_000_000,
});
const lines = stdout.trimEnd().split('\n');
console.log(lines.slice(0, -1).join('\n'));
const rows = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
console.log(`\n${table(rows.map((row) => JSON.parse(row) as Row))}\n`);
console.log(lines.at(-1));
rmSync(folder, { recursive: true, force: true });
process.exitCode = status ?? 1;
