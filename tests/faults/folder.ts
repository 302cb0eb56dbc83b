/** A folder of one test, gone with it. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { atExit } from './at-exit.ts';

export const newFolder = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'claimroom-fault-'));
  chmodSync(folder, 0o711);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  t.after(remove);
  atExit(remove);
  return folder;
};
