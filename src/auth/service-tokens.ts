/** Tokens for programs: good for what they name, until a day, and no longer than until somebody revokes them. Only their hashes are kept. */
import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import type { Caller } from '../../rooms/kit.ts';
import { type Grantable, permissionNames } from '../../rooms/permissions.ts';
import type { Audit } from '../audit/audit.ts';
import type { Clock, Log, Timers } from '../runtime/ports.ts';
import type { Orm } from '../store/orm.ts';
import type { Identified } from './bearer.ts';
import { createWatchedRows } from './watched-rows.ts';

/** So that one lost in a log or a repository is recognised as what it is. */
export const servicePrefix = 'crt_';
export const isServiceToken = (token: string) => token.startsWith(servicePrefix);

export interface ServiceToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Grantable[];
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
  /** To the minute. */
  readonly usedAt: string | null;
}
export interface ServiceTokens {
  /** The token itself is in this answer and nowhere else. */
  create(
    wanted: { readonly name: string; readonly scopes: readonly Grantable[]; readonly days: number },
    byId: string,
  ): Promise<
    | ({ readonly ok: true; readonly token: string } & ServiceToken)
    | { readonly ok: false; readonly code: 'token/too-many' }
  >;
  /** Newest first, also those that are over. */
  list(): Promise<readonly ServiceToken[]>;
  revoke(id: string): Promise<boolean>;
  /** On behalf of whoever made it. */
  identify(token: string): Promise<Identified>;
  onChange(listener: (id: string, caller: Caller | null) => void): () => void;
  start(): void;
  stop(): Promise<void>;
}

interface Options {
  readonly orm: Orm;
  readonly audit: Pick<Audit, 'within'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly tokensMax: number;
}
interface Known {
  readonly caller: Caller;
  readonly expiresAt: number;
  readonly createdBy: string;
}
const usedEveryMs = 60_000;

export const createServiceTokens = ({ orm, audit, clock, timers, log, tokensMax }: Options): ServiceTokens => {
  const rows = createWatchedRows<Row, Known>({
    orm,
    select: `select ${columns} from service_tokens`,
    valueOf: (row) => (row.revoked_at === null ? known(row) : null),
    clock,
    timers,
    log,
    cachedMax: tokensMax,
  });
  /** Which row a hash belongs to never changes. */
  const idsByHash = new Map<string, string>();
  const usedAt = new Map<string, number>();

  const idOf = async (hash: string): Promise<string | undefined> => {
    const id = idsByHash.get(hash);
    if (id !== undefined) return id;
    const [row] = await orm.em.fork().execute<{ id: string }[]>('select id from service_tokens where hash = ?', [hash]);
    if (row && idsByHash.size < tokensMax) idsByHash.set(hash, row.id);
    return row?.id;
  };
  const noteUse = (id: string) => {
    const now = clock.monotonic();
    if (now - (usedAt.get(id) ?? -usedEveryMs) < usedEveryMs) return;
    usedAt.set(id, now);
    orm.em
      .fork()
      .execute('update service_tokens set used_at = now() where id = ?', [id])
      .catch((error: Error) => log.warn({ reason: error.message }, 'could not note the use of a token'));
  };

  return {
    async create({ name, scopes, days }, byId) {
      const token = `${servicePrefix}${randomBytes(32).toString('base64url')}`;
      const id = randomUUIDv7();
      return orm.em.fork().transactional(async (em) => {
        const [row] = await em.execute<Row[]>(
          `insert into service_tokens (id, name, hash, scopes, created_by, expires_at)
           select ?, ?, ?, ?::text[], ?, now() + make_interval(days => ?)
            where (select count(*) from service_tokens where revoked_at is null and expires_at > now()) < ?
           returning ${columns}`,
          [id, name, hashOf(token), `{${scopes.join(',')}}`, byId, days, tokensMax],
        );
        if (!row) return { ok: false, code: 'token/too-many' } as const;
        const after = { scopes, expiresAt: shown(row).expiresAt };
        await audit.within(em, { action: 'authn_token_created', object: `service/${id}`, after });
        return { ok: true, token, ...shown(row) } as const;
      });
    },
    async list() {
      const found = await orm.em
        .fork()
        .execute<Row[]>(`select ${columns} from service_tokens order by created_at desc, id desc limit ?`, [
          tokensMax * 2,
        ]);
      return found.map(shown);
    },
    async revoke(id) {
      const isRevoked = await orm.em.fork().transactional(async (em) => {
        const revoked = await em.execute<object[]>(
          'update service_tokens set revoked_at = now() where id = ? and revoked_at is null returning 1',
          [id],
        );
        if (revoked.length > 0) await audit.within(em, { action: 'authn_token_revoked', object: `service/${id}` });
        return revoked.length > 0;
      });
      if (isRevoked) rows.noticed(id, null);
      return isRevoked;
    },
    async identify(token) {
      const id = /^crt_[\w-]{43}$/.test(token) ? await idOf(hashOf(token)) : undefined;
      const found = id === undefined ? null : await rows.get(id);
      if (id === undefined || !found) return { ok: false, reason: 'invalid' };
      const { caller, expiresAt, createdBy } = found;
      if (expiresAt <= clock.now()) return { ok: false, reason: 'expired' };
      noteUse(id);
      return { ok: true, caller, sessionId: id, expiresAt, onBehalf: createdBy };
    },
    onChange: (listener) => rows.onChange((id, value) => listener(id, value?.caller ?? null)),
    start: rows.start,
    stop: rows.stop,
  };
};

interface Row {
  readonly id: string;
  readonly name: string;
  readonly scopes: string[];
  readonly created_by: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
  readonly used_at: Date | null;
}
const columns = 'id, name, scopes, created_by, created_at, expires_at, revoked_at, used_at';
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
const iso = (at: Date | null) => at && new Date(at).toISOString();
const scopesOf = ({ scopes }: Row) => permissionNames.filter((name) => scopes.includes(name));

/** A program has what the token names and nothing else: no roles, no limits, no customer's or agent's record. */
const known = (row: Row): Known => ({
  caller: { accountId: row.id, roles: ['service'], permissions: scopesOf(row), limits: { reserve: 0, payment: 0 } },
  expiresAt: new Date(row.expires_at).getTime(),
  createdBy: row.created_by,
});
const shown = (row: Row): ServiceToken => ({
  id: row.id,
  name: row.name,
  scopes: scopesOf(row),
  createdBy: row.created_by,
  createdAt: iso(row.created_at)!,
  expiresAt: iso(row.expires_at)!,
  revokedAt: iso(row.revoked_at),
  usedAt: iso(row.used_at),
});
