/** Brings lists and deadlines up to what this release keeps, beside the living server: at its start, or when told to. */
import { rooms as register } from '../rooms/index.ts';
import type { Limits } from './limits.ts';
import { projections, tables } from './read/lists.ts';
import type { Log } from './runtime/ports.ts';
import { rebuild } from './runtime/rebuild.ts';
import type { Orm } from './store/orm.ts';
import { createPostgresStore } from './store/postgres-store.ts';
import { openRebuilds } from './store/rebuilds.ts';

interface Options {
  readonly databaseUrl: string;
  readonly orm: Orm;
  readonly log: Log;
  readonly limits: Limits;
  /** Also what is up to date. */
  readonly isForced?: boolean;
  onProgress?(kind: string, rooms: number): void;
}

export const startRebuilding = ({ databaseUrl, orm, log, limits, isForced = false, onProgress }: Options) => {
  let isStopping = false;
  const run = async (): Promise<number | null> => {
    const shelf = await openRebuilds(databaseUrl, log);
    if (!shelf) return null;
    // A connection of its own: the journal's must not wait for it.
    const store = createPostgresStore({
      databaseUrl,
      orm,
      tables,
      poolMax: 2,
      timeoutMs: limits.commitTimeoutMs,
      rememberMax: 1,
      log,
    });
    try {
      const told = onProgress ? { onProgress } : {};
      const deps = { register, projections, store, shelf, log, limits, ...told };
      const rooms = await rebuild(deps, { isForced, isStopped: () => isStopping });
      if (rooms > 0) log.info({ rooms }, 'list rows and deadlines were written anew');
      return rooms;
    } finally {
      await store.close();
      await shelf.close();
    }
  };
  /** How many rooms were written; null: another node is at it. */
  const done = run();
  return {
    done,
    async stop() {
      isStopping = true;
      await done.catch(() => {});
    },
  };
};
