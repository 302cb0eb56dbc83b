/** Signing in, staying signed in, signing out. */
import type { Limits } from '../limits.ts';
import { wantLetter } from '../mail/wanted.ts';
import type { Orm } from '../store/orm.ts';
import { isStaff } from './accounts.ts';
import { deviceOf, type Place } from './device.ts';
import type { LiveSessions } from './live-sessions.ts';
import type { Logins } from './logins.ts';
import { createRefreshTokens } from './refresh-tokens.ts';
import type { SecurityEvents } from './security-events.ts';
import type { Tokens } from './tokens.ts';

export interface Session {
  readonly ok: true;
  readonly sessionId: string;
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly refreshToken: string;
  /** When it is over unless it is used before. */
  readonly refreshExpiresAt: string;
  readonly account: SignedIn;
}
export interface SignedIn {
  readonly id: string;
  readonly displayName: string;
  readonly roles: readonly string[];
}
export interface Refused<Code extends string> {
  readonly ok: false;
  readonly code: Code;
  readonly retryAfterMs?: number;
}
export type LoginRefused = Refused<'auth/wrong-credentials' | 'auth/throttled' | 'busy' | 'unavailable'>;

export interface Sessions {
  login(email: string, password: string, from?: Place): Promise<Session | LoginRefused>;
  /** For somebody who has shown otherwise who they are: by a link in a letter and a password. */
  begin(account: SignedIn, from?: Place): Promise<Session>;
  refresh(refreshToken: string, from?: Place): Promise<Session | Refused<'auth/session-ended'>>;
  logout(refreshToken: string): Promise<void>;
}

export interface SessionsOptions {
  readonly orm: Orm;
  readonly logins: Logins;
  readonly tokens: Tokens;
  readonly live: LiveSessions;
  readonly events: SecurityEvents;
  readonly limits: SessionLimits;
}
export type SessionLimits = Pick<
  Limits,
  | 'staffIdleSeconds'
  | 'staffSessionSeconds'
  | 'customerIdleSeconds'
  | 'customerSessionSeconds'
  | 'sessionsPerAccountMax'
>;

export const createSessions = ({ orm, logins, tokens, live, events, limits }: SessionsOptions): Sessions => {
  const refreshTokens = createRefreshTokens(orm);

  const opened = (
    account: SignedIn,
    { token, sessionId, idleAt, expiresAt }: { token: string; sessionId: string; idleAt: string; expiresAt: string },
  ): Session => {
    // No token outlives its session.
    const access = tokens.issue({ accountId: account.id, sessionId, endsAt: Date.parse(expiresAt) });
    return {
      ok: true,
      sessionId,
      accessToken: access.token,
      expiresAt: access.expiresAt,
      refreshToken: token,
      refreshExpiresAt: idleAt,
      account,
    };
  };
  const begin: Sessions['begin'] = async ({ id, displayName, roles }, from = {}) => {
    const begun = await refreshTokens.begin({
      accountId: id,
      device: deviceOf(from.userAgent),
      address: from.ip ?? null,
      idleSeconds: isStaff(roles) ? limits.staffIdleSeconds : limits.customerIdleSeconds,
      seconds: isStaff(roles) ? limits.staffSessionSeconds : limits.customerSessionSeconds,
      sessionsMax: limits.sessionsPerAccountMax,
    });
    live.noticed(begun.crowdedOut);
    events.emit({ event: 'session_created', accountId: id, sessionId: begun.sessionId, ip: from.ip });
    return opened({ id, displayName, roles }, begun);
  };

  return {
    begin,
    async login(email, password, from = {}) {
      const who = await logins.check(email, password, from);
      return who.ok ? begin(who.account, from) : who;
    },
    async refresh(refreshToken, from = {}) {
      const rotation = await refreshTokens.rotate(refreshToken, from.ip ?? null);
      if (rotation.ok) {
        const { accountId: id, displayName, roles } = rotation;
        return opened({ id, displayName, roles }, rotation);
      }
      if (rotation.reason === 'reused') {
        const { accountId, sessionId } = rotation;
        live.noticed([sessionId]);
        events.emit({ event: 'authn_token_reuse', accountId, sessionId, ip: from.ip });
        await wantLetter(orm.em.fork(), { kind: 'notice', notice: 'session-reused', accountId });
      }
      return { ok: false, code: 'auth/session-ended' };
    },
    async logout(refreshToken) {
      const session = await refreshTokens.sessionOf(refreshToken);
      if (session) await live.end(session.accountId, session.sessionId, 'signed-out');
    },
  };
};
