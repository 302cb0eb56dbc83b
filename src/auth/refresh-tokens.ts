/** Refresh tokens: each is good for one use and names the next. All that descend from one login belong to one session. */
import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import type { EntityManager, Orm } from '../store/orm.ts';

/** A client that lost the answer may ask once more this soon, as long as nobody has used what it did not receive. */
export const lostAnswerSeconds = 20;
/** A token used longer ago is forgotten: presenting it is still refused, but no longer ends the session. */
const rememberedDays = 7;
/** So long it is remembered from where somebody signed in before. */
const sessionsKeptDays = 30;

export interface Rotated {
  readonly ok: true;
  readonly token: string;
  readonly sessionId: string;
  readonly accountId: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  /** When the token is over if nobody uses it. */
  readonly idleAt: string;
  /** When the session is over in any case. */
  readonly expiresAt: string;
}
export type Rotation =
  | Rotated
  | { readonly ok: false; readonly reason: 'unknown' }
  /** Two parties hold the same token, so one of them stole it: the whole session has been ended. */
  | { readonly ok: false; readonly reason: 'reused'; readonly sessionId: string; readonly accountId: string };

export interface Beginning {
  readonly accountId: string;
  readonly device: string;
  readonly address: string | null;
  readonly idleSeconds: number;
  readonly seconds: number;
  /** Living sessions the account may have; the ones not seen longest make room. */
  readonly sessionsMax: number;
}
export type Begun = Pick<Rotated, 'token' | 'sessionId' | 'idleAt' | 'expiresAt'> & {
  readonly crowdedOut: readonly string[];
};

export interface RefreshTokens {
  begin(beginning: Beginning): Promise<Begun>;
  rotate(token: string, address: string | null): Promise<Rotation>;
  /** The living session it belongs to, if there is one. */
  sessionOf(token: string): Promise<{ readonly sessionId: string; readonly accountId: string } | null>;
}

/** Of a table `sessions s`: it is neither ended nor over. */
export const isLive = 's.ended_at is null and s.idle_at > now() and s.expires_at > now()';

export const createRefreshTokens = (orm: Orm): RefreshTokens => ({
  async begin({ accountId, device, address, idleSeconds, seconds, sessionsMax }) {
    const token = newToken();
    const sessionId = randomUUIDv7();
    const [row] = await orm.em.fork().execute<{ idle_at: Date; expires_at: Date; crowded_out: string[] }[]>(
      `with dead as (
         delete from sessions where account_id = ? and least(ended_at, idle_at, expires_at) < now() - make_interval(days => ?)
       ), crowded as (
         update sessions set ended_at = now(), ended_why = 'too-many' where id in (
           select s.id from sessions s where s.account_id = ? and ${isLive} order by s.seen_at desc offset ?
         ) returning id
       ), begun as (
         insert into sessions (id, account_id, device, address, idle_seconds, idle_at, expires_at)
         values (?, ?, ?, ?, ?, now() + make_interval(secs => ?), now() + make_interval(secs => ?))
         returning id, idle_at, expires_at
       ), added as (
         insert into refresh_tokens (hash, session_id) select ?, id from begun
       )
       select idle_at, expires_at, array(select id from crowded) as crowded_out from begun`,
      [
        accountId,
        sessionsKeptDays,
        accountId,
        sessionsMax - 1,
        sessionId,
        accountId,
        device,
        address,
        idleSeconds,
        Math.min(idleSeconds, seconds),
        seconds,
        hashOf(token),
      ],
    );
    return {
      token,
      sessionId,
      idleAt: iso(row?.idle_at),
      expiresAt: iso(row?.expires_at),
      crowdedOut: row?.crowded_out ?? [],
    };
  },

  async rotate(token, address) {
    const hash = hashOf(token);
    const next = newToken();
    // One statement, so that of two uses at once exactly one finds the token unused.
    const [row] = await orm.em.fork().execute<RotatedRow[]>(
      `with used as (
         update refresh_tokens t set used_at = now(), successor = ?
           from sessions s join accounts a on a.id = s.account_id
          where t.hash = ? and t.used_at is null and s.id = t.session_id and ${isLive} and a.disabled_at is null
         returning t.session_id, s.account_id, a.display_name, a.roles
       ), seen as (${seen} from used where s.id = used.session_id returning s.idle_at, s.expires_at),
       added as (
         insert into refresh_tokens (hash, session_id) select ?, session_id from used
       ), forgotten as (
         delete from refresh_tokens
          where session_id in (select session_id from used) and used_at < now() - make_interval(days => ?)
       )
       select * from used, seen`,
      [hashOf(next), hash, address, hashOf(next), rememberedDays],
    );
    return row ? rotated(next, row) : repeated(orm, hash, next, address);
  },

  async sessionOf(token) {
    const [row] = await orm.em
      .fork()
      .execute<{ id: string; account_id: string }[]>(
        `select s.id, s.account_id from refresh_tokens t join sessions s on s.id = t.session_id where t.hash = ? and ${isLive}`,
        [hashOf(token)],
      );
    return row ? { sessionId: row.id, accountId: row.account_id } : null;
  },
});

/** Each use moves the end by idleness on, never beyond the end in any case. */
const seen = `
  update sessions s set seen_at = now(), address = coalesce(?, s.address),
         idle_at = least(now() + make_interval(secs => s.idle_seconds), s.expires_at)`;

/** A token that was used before: a lost answer, or a thief. */
const repeated = (orm: Orm, hash: string, next: string, address: string | null): Promise<Rotation> =>
  orm.em.fork().transactional(async (em) => {
    const [used] = await em.execute<(Omit<RotatedRow, 'idle_at' | 'expires_at'> & { is_recent: boolean })[]>(
      `select t.session_id, s.account_id, a.display_name, a.roles,
              t.used_at > now() - make_interval(secs => ?) as is_recent
         from refresh_tokens t join sessions s on s.id = t.session_id
         join accounts a on a.id = s.account_id and a.disabled_at is null
        where t.hash = ? and t.used_at is not null and ${isLive} for update of t`,
      [lostAnswerSeconds, hash],
    );
    if (!used) return { ok: false, reason: 'unknown' };
    const { session_id: sessionId, account_id: accountId } = used;
    const isSpent = used.is_recent && (await spendUnreceived(em, hash, next));
    if (!isSpent) {
      await em.execute(
        `update sessions set ended_at = now(), ended_why = 'token-reuse' where id = ? and ended_at is null`,
        [sessionId],
      );
      return { ok: false, reason: 'reused', sessionId, accountId };
    }
    const [ends] = await em.execute<Pick<RotatedRow, 'idle_at' | 'expires_at'>[]>(
      `${seen} where s.id = ? returning s.idle_at, s.expires_at`,
      [address, sessionId],
    );
    return ends ? rotated(next, { ...used, ...ends }) : { ok: false, reason: 'unknown' };
  });

/** What was sent into the void is spent from now on, and counts as used when this one was, so that the window does not move. */
const spendUnreceived = async (em: EntityManager, hash: string, next: string): Promise<boolean> => {
  const spent = await em.execute<object[]>(
    `update refresh_tokens s set used_at = t.used_at, successor = ?
       from refresh_tokens t where t.hash = ? and s.hash = t.successor and s.used_at is null returning 1`,
    [hashOf(next), hash],
  );
  if (spent.length === 0) return false;
  await em.execute('update refresh_tokens set successor = ? where hash = ?', [hashOf(next), hash]);
  await em.execute(
    'insert into refresh_tokens (hash, session_id) select ?, session_id from refresh_tokens where hash = ?',
    [hashOf(next), hash],
  );
  return true;
};

interface RotatedRow {
  readonly session_id: string;
  readonly account_id: string;
  readonly display_name: string;
  readonly roles: string[];
  readonly idle_at: Date;
  readonly expires_at: Date;
}
const rotated = (token: string, row: RotatedRow): Rotated => ({
  ok: true,
  token,
  sessionId: row.session_id,
  accountId: row.account_id,
  displayName: row.display_name,
  roles: row.roles,
  idleAt: iso(row.idle_at),
  expiresAt: iso(row.expires_at),
});

const newToken = () => randomBytes(32).toString('base64url');
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
const iso = (at: Date | string | undefined) => new Date(at ?? 0).toISOString();
