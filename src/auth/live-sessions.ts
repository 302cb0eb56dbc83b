/** Which sessions live: a token of one that has ended opens nothing within a second, on every node, however it was ended. */
import type { Clock, Log, Timers } from '../runtime/ports.ts';
import type { EntityManager, Orm } from '../store/orm.ts';
import { isLive } from './refresh-tokens.ts';
import type { SecurityEvents } from './security-events.ts';
import { createWatchedRows } from './watched-rows.ts';

export type EndedWhy =
  | 'signed-out'
  | 'ended-by-owner'
  | 'ended-by-administrator'
  | 'token-reuse'
  | 'password-changed'
  | 'password-reset'
  | 'email-changed'
  | 'disabled'
  | 'too-many';

/** A session as its owner sees it. */
export interface ShownSession {
  readonly id: string;
  readonly device: string;
  readonly address: string | null;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
}

export interface LiveSessions {
  isLive(sessionId: string): Promise<boolean>;
  /** The living ones of an account, last seen first. */
  list(accountId: string): Promise<readonly ShownSession[]>;
  /** False: the account has no such living session. */
  end(accountId: string, sessionId: string, why: EndedWhy): Promise<boolean>;
  /** How many it ended. */
  endAll(accountId: string, why: EndedWhy, exceptId?: string): Promise<number>;
  /** They were ended in the database already. */
  noticed(sessionIds: readonly string[]): void;
  /** Told when a session ended before its time. Returns how to stop listening. */
  onEnded(listener: (sessionId: string) => void): () => void;
  start(): void;
  stop(): Promise<void>;
}

export interface LiveSessionsOptions {
  readonly orm: Orm;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly timers: Timers;
  readonly events: SecurityEvents;
  readonly log: Log;
  readonly cachedMax?: number;
}

/** In the transaction of the change that ends them; `noticed` is for afterwards. */
export const endSessions = async (
  em: EntityManager,
  accountId: string,
  why: EndedWhy,
  { onlyId, exceptId }: { readonly onlyId?: string | undefined; readonly exceptId?: string | undefined } = {},
): Promise<readonly string[]> => {
  const rows = await em.execute<{ id: string }[]>(
    `update sessions s set ended_at = now(), ended_why = ?
      where s.account_id = ? and ${isLive} and s.id = coalesce(?::uuid, s.id) and s.id is distinct from ?::uuid returning s.id`,
    [why, accountId, onlyId ?? null, exceptId ?? null],
  );
  return rows.map(({ id }) => id);
};

export const createLiveSessions = ({
  orm,
  clock,
  timers,
  events,
  log,
  cachedMax = 20_000,
}: LiveSessionsOptions): LiveSessions => {
  const rows = createWatchedRows<{ id: string; is_ended: boolean }, true>({
    orm,
    select: 'select id, ended_at is not null as is_ended from sessions',
    valueOf: (row) => (row.is_ended ? null : true),
    clock,
    timers,
    log,
    cachedMax,
  });
  const noticed = (ids: readonly string[]) => {
    for (const id of ids) rows.noticed(id, null);
  };
  const end = async (
    accountId: string,
    why: EndedWhy,
    which: { onlyId?: string | undefined; exceptId?: string | undefined },
  ) => {
    const ids = await endSessions(orm.em.fork(), accountId, why, which);
    for (const sessionId of ids) events.emit({ event: 'session_ended', accountId, sessionId, detail: why });
    noticed(ids);
    return ids.length;
  };

  return {
    isLive: async (sessionId) => (await rows.get(sessionId)) === true,
    async list(accountId) {
      const found = await orm.em.fork().execute<SessionRow[]>(
        `select s.id, s.device, s.address, s.created_at, s.seen_at, least(s.idle_at, s.expires_at) as expires_at
           from sessions s where s.account_id = ? and ${isLive} order by s.seen_at desc, s.id`,
        [accountId],
      );
      return found.map((row) => ({
        id: row.id,
        device: row.device,
        address: row.address,
        createdAt: new Date(row.created_at).toISOString(),
        lastSeenAt: new Date(row.seen_at).toISOString(),
        expiresAt: new Date(row.expires_at).toISOString(),
      }));
    },
    end: async (accountId, onlyId, why) => (await end(accountId, why, { onlyId })) > 0,
    endAll: (accountId, why, exceptId) => end(accountId, why, { exceptId }),
    noticed,
    onEnded: (listener) => rows.onChange((id, value) => value === null && listener(id)),
    start: rows.start,
    stop: rows.stop,
  };
};

interface SessionRow {
  readonly id: string;
  readonly device: string;
  readonly address: string | null;
  readonly created_at: Date;
  readonly seen_at: Date;
  readonly expires_at: Date;
}
