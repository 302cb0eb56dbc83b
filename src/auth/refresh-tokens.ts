/** Refresh tokens: each is good for one use and names the next. All that descend from one login are a family, which is the session. */
import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import type { Orm } from '../store/orm.ts';

/** A client that lost the answer may ask once more this soon, as long as nobody has used what it did not receive. */
export const lostAnswerSeconds = 20;
/** A token used longer ago is forgotten: presenting it is still refused, but no longer ends the session. */
const rememberedDays = 7;

export interface Rotated {
  readonly ok: true;
  readonly token: string;
  readonly sessionId: string;
  readonly accountId: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly expiresAt: string;
}
export type Rotation =
  | Rotated
  | { readonly ok: false; readonly reason: 'unknown' }
  /** Two parties hold the same token, so one of them stole it: the whole session has been ended. */
  | { readonly ok: false; readonly reason: 'reused'; readonly sessionId: string; readonly accountId: string };

export interface RefreshTokens {
  begin(
    accountId: string,
    seconds: number,
  ): Promise<{ readonly token: string; readonly sessionId: string; readonly expiresAt: string }>;
  rotate(token: string): Promise<Rotation>;
  /** The session it belonged to, if there was one. */
  end(token: string): Promise<string | null>;
}

export const createRefreshTokens = (orm: Orm): RefreshTokens => ({
  async begin(accountId, seconds) {
    const token = newToken();
    const sessionId = randomUUIDv7();
    const [row] = await orm.em.fork().execute<{ expires_at: Date }[]>(
      `with dead as (delete from refresh_tokens where account_id = ? and expires_at < now() - interval '1 day')
       insert into refresh_tokens (hash, family_id, account_id, expires_at)
       values (?, ?, ?, now() + make_interval(secs => ?)) returning expires_at`,
      [accountId, hashOf(token), sessionId, accountId, seconds],
    );
    return { token, sessionId, expiresAt: iso(row?.expires_at) };
  },

  async rotate(token) {
    const hash = hashOf(token);
    const next = newToken();
    // One statement, so that of two uses at once exactly one finds the token unused.
    const [row] = await orm.em.fork().execute<FamilyRow[]>(
      `with used as (
         update refresh_tokens t set used_at = now(), successor = ?
           from accounts a
          where t.hash = ? and t.used_at is null and t.expires_at > now() and a.id = t.account_id and a.disabled_at is null
         returning t.family_id, t.account_id, t.expires_at, a.display_name, a.roles
       ), added as (
         insert into refresh_tokens (hash, family_id, account_id, expires_at)
         select ?, family_id, account_id, expires_at from used
       ), forgotten as (
         delete from refresh_tokens
          where family_id in (select family_id from used) and used_at < now() - make_interval(days => ?)
       )
       select * from used`,
      [hashOf(next), hash, hashOf(next), rememberedDays],
    );
    return row ? rotated(next, row) : repeated(orm, hash, next);
  },

  async end(token) {
    const [row] = await orm.em.fork().execute<{ family_id: string }[]>(
      `update refresh_tokens set expires_at = now()
        where family_id = (select family_id from refresh_tokens where hash = ?) and expires_at > now() returning family_id`,
      [hashOf(token)],
    );
    return row?.family_id ?? null;
  },
});

/** A token that was used before: a lost answer, or a thief. */
const repeated = (orm: Orm, hash: string, next: string): Promise<Rotation> =>
  orm.em.fork().transactional(async (em) => {
    const [used] = await em.execute<(FamilyRow & { successor: string; is_recent: boolean })[]>(
      `select t.family_id, t.account_id, t.expires_at, t.successor, a.display_name, a.roles,
              t.used_at > now() - make_interval(secs => ?) as is_recent
         from refresh_tokens t join accounts a on a.id = t.account_id and a.disabled_at is null
        where t.hash = ? and t.used_at is not null and t.expires_at > now() for update of t`,
      [lostAnswerSeconds, hash],
    );
    if (!used) return { ok: false, reason: 'unknown' };
    // What was sent into the void is spent from now on, and counts as used when this one was, so that the window does not move.
    const spent = used.is_recent
      ? await em.execute<object[]>(
          `update refresh_tokens s set used_at = t.used_at, successor = ?
             from refresh_tokens t where t.hash = ? and s.hash = t.successor and s.used_at is null returning 1`,
          [hashOf(next), hash],
        )
      : [];
    if (spent.length === 0) {
      await em.execute('update refresh_tokens set expires_at = now() where family_id = ? and expires_at > now()', [
        used.family_id,
      ]);
      return { ok: false, reason: 'reused', sessionId: used.family_id, accountId: used.account_id };
    }
    await em.execute('update refresh_tokens set successor = ? where hash = ?', [hashOf(next), hash]);
    await em.execute(
      `insert into refresh_tokens (hash, family_id, account_id, expires_at)
       select ?, family_id, account_id, expires_at from refresh_tokens where hash = ?`,
      [hashOf(next), hash],
    );
    return rotated(next, used);
  });

interface FamilyRow {
  readonly family_id: string;
  readonly account_id: string;
  readonly expires_at: Date;
  readonly display_name: string;
  readonly roles: string[];
}
const rotated = (token: string, row: FamilyRow): Rotated => ({
  ok: true,
  token,
  sessionId: row.family_id,
  accountId: row.account_id,
  displayName: row.display_name,
  roles: row.roles,
  expiresAt: iso(row.expires_at),
});

const newToken = () => randomBytes(32).toString('base64url');
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
const iso = (at: Date | string | undefined) => new Date(at ?? 0).toISOString();
