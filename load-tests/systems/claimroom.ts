/** The product itself: its own launcher, its embedded Postgres in a folder that is thrown away afterwards. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exited, startNode } from '../children.ts';
import { inherited, launch, type Person, type System } from './system.ts';

const launcher = fileURLToPath(new URL('../../bin/claimroom.mjs', import.meta.url));
/** Limits raised for the run; none is needed so far. */
const raised: Readonly<Record<string, string>> = {};
/** As a disk that takes 2 ms for an fsync. */
const slowDisk = { PG_SETTINGS: 'commit_delay=2000,commit_siblings=0' };

interface Seeded {
  readonly agents: readonly Person[];
  readonly claims: readonly string[];
}

export const claimroom: System = {
  name: 'claimroom',
  isDurable: true,
  async prepare({ agents, claims, isSlowDisk }) {
    const dataDir = mkdtempSync(join(tmpdir(), 'claimroom-load-'));
    // Started by root, Postgres runs as somebody else, who must be able to get here.
    chmodSync(dataDir, 0o755);
    const settings = { ...raised, ...(isSlowDisk && slowDisk) };
    const env = { ...settings, DATA_DIR: dataDir, LOG_LEVEL: 'warn' };
    const clear = async () => {
      stopPostgres(dataDir);
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    };
    try {
      const { people, rooms } = await seed(dataDir, env, agents, claims);
      // Started there, so that no .env file lying about takes part.
      const start = () => launch({ script: launcher, args: ['start'], env, cwd: dataDir });
      return { claims: rooms, people, settings, start, clear };
    } catch (error) {
      await clear();
      throw error;
    }
  },
};

const seed = async (dataDir: string, env: Readonly<Record<string, string>>, agents: number, claims: number) => {
  const out = join(dataDir, 'seeded.json');
  const args = ['seed-load', '--agents', String(agents), '--claims', String(claims), '--out', out];
  const { child, tail } = startNode(launcher, args, {
    env: { ...inherited(), ...env },
    cwd: dataDir,
  });
  const code = await exited(child);
  if (code !== 0) throw new Error(`seeding ended with ${code}:\n${tail()}`);
  const seeded = JSON.parse(readFileSync(out, 'utf8')) as Seeded;
  return { people: seeded.agents, rooms: seeded.claims };
};

/** The server stops its Postgres itself; one that had to be killed could not. */
const stopPostgres = (dataDir: string) => {
  try {
    const pid = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
    if (pid > 1) process.kill(pid, 'SIGINT');
  } catch {
    // Not there, or gone meanwhile: as it should be.
  }
};
