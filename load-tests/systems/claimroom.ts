/** The product itself: its own launcher, its embedded Postgres in a folder that is thrown away afterwards. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exited, startNode } from '../children.ts';
import { newDataDir, slowDisk } from './data-dir.ts';
import { inherited, launch } from './launch.ts';
import type { Person, System } from './system.ts';

export const launcher = fileURLToPath(new URL('../../bin/claimroom.mjs', import.meta.url));

interface Seeded {
  readonly agents: readonly Person[];
  readonly claims: readonly string[];
  readonly supervisor: Person;
  readonly customers: readonly Person[];
}

export const claimroom: System = {
  name: 'claimroom',
  isDurable: true,
  ackMeans: 'on disk, fenced',
  async prepare({ agents, claims, customers = 0, limits, isSlowDisk }) {
    const dataDir = newDataDir();
    const settings = { ...limits, ...(isSlowDisk && slowDisk) };
    const env = { ...settings, DATA_DIR: dataDir.path, LOG_LEVEL: 'warn' };
    try {
      const seeded = await seed(dataDir.path, env, { agents, claims, customers });
      return {
        claims: seeded.claims,
        people: seeded.agents,
        supervisor: seeded.supervisor,
        customers: seeded.customers,
        settings,
        databaseUrl: dataDir.databaseUrl,
        // Started there, so that no .env file lying about takes part.
        async start({ env: more, ...options } = {}) {
          const all = { ...env, ...more };
          const server = await launch({ script: launcher, args: ['start'], env: all, cwd: dataDir.path, ...options });
          await dataDir.wear();
          return server;
        },
        clear: () => dataDir.clear(),
      };
    } catch (error) {
      await dataDir.clear();
      throw error;
    }
  },
};

/** The same, while its boards are watched. */
export const claimroomBoards: System = {
  ...claimroom,
  name: 'claimroom-boards',
  prepare: async (wants) => ({ ...(await claimroom.prepare(wants)), areBoardsWatched: true }),
};

/** The same with one journal connection for all rooms: what lanes bring. */
export const claimroomOneLane: System = {
  ...claimroom,
  name: 'claimroom-one-lane',
  prepare: (wants) => claimroom.prepare({ ...wants, limits: { ...wants.limits, LIMIT_JOURNAL_LANES: '1' } }),
};

/** The same without what is copied into the audit beside the journal: what that takes. */
export const claimroomNoAudit: System = {
  ...claimroom,
  name: 'claimroom-no-audit',
  prepare: (wants) => claimroom.prepare({ ...wants, limits: { ...wants.limits, ...withoutRoomAudit } }),
};
const aDay = '86400000';
const withoutRoomAudit = { LIMIT_AUDIT_ROOMS_EVERY_MS: aDay, LIMIT_AUDIT_SWEEP_EVERY_MS: aDay };

const seed = async (
  dataDir: string,
  env: Readonly<Record<string, string>>,
  { agents, claims, customers }: Readonly<Record<'agents' | 'claims' | 'customers', number>>,
) => {
  const out = join(dataDir, 'seeded.json');
  const args = [
    'seed-load',
    '--agents',
    `${agents}`,
    '--claims',
    `${claims}`,
    '--customers',
    `${customers}`,
    '--out',
    out,
  ];
  const { child, tail } = startNode([launcher, ...args], { env: { ...inherited(), ...env }, cwd: dataDir });
  const code = await exited(child);
  if (code !== 0) throw new Error(`seeding ended with ${code}:\n${tail()}`);
  return JSON.parse(readFileSync(out, 'utf8')) as Seeded;
};
