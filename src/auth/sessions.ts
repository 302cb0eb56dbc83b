/** Signing in, staying signed in, signing out. */
import type { Log } from '../runtime/ports.ts';
import type { Orm } from '../store/orm.ts';
import { type Accounts, isStaff } from './accounts.ts';
import type { Passwords } from './passwords.ts';
import { createRefreshTokens } from './refresh-tokens.ts';
import type { Tokens } from './tokens.ts';

const customerSeconds = 30 * 24 * 60 * 60;
const staffSeconds = 12 * 60 * 60;

export interface Session {
  readonly ok: true;
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly refreshToken: string;
  readonly refreshExpiresAt: string;
  readonly account: { readonly id: string; readonly displayName: string; readonly roles: readonly string[] };
}
export interface Refused<Code extends string> {
  readonly ok: false;
  readonly code: Code;
}

export interface Sessions {
  login(email: string, password: string): Promise<Session | Refused<'auth/wrong-credentials' | 'busy'>>;
  refresh(refreshToken: string): Promise<Session | Refused<'auth/session-ended'>>;
  logout(refreshToken: string): Promise<void>;
  /** Told on this node when a session ended before its time, so that its sockets can be closed. */
  onEnded(listener: (sessionId: string) => void): () => void;
}

export interface SessionsOptions {
  readonly orm: Orm;
  readonly accounts: Accounts;
  readonly passwords: Passwords;
  readonly tokens: Tokens;
  readonly log: Log;
}

export const createSessions = ({ orm, accounts, passwords, tokens, log }: SessionsOptions): Sessions => {
  const refreshTokens = createRefreshTokens(orm);
  const listeners = new Set<(sessionId: string) => void>();

  const ended = (sessionId: string) => {
    for (const listener of listeners) listener(sessionId);
  };
  const opened = (
    account: Session['account'],
    { token, sessionId, expiresAt }: { readonly token: string; readonly sessionId: string; readonly expiresAt: string },
  ): Session => {
    const access = tokens.issue({ accountId: account.id, sessionId });
    return {
      ok: true,
      accessToken: access.token,
      expiresAt: access.expiresAt,
      refreshToken: token,
      refreshExpiresAt: expiresAt,
      account,
    };
  };

  return {
    async login(email, password) {
      const account = await accounts.findByEmail(email);
      const checked = await passwords.check(password, account?.passwordHash ?? null);
      if (checked === 'busy') return { ok: false, code: 'busy' };
      if (!account || checked === 'wrong' || account.disabledAt) {
        log.warn({ event: 'authn_login_fail', accountId: account?.id }, 'a login was refused');
        return { ok: false, code: 'auth/wrong-credentials' };
      }
      const { id, displayName, roles } = account;
      const begun = await refreshTokens.begin(id, isStaff(roles) ? staffSeconds : customerSeconds);
      log.info({ event: 'authn_login_success', accountId: id, sessionId: begun.sessionId }, 'signed in');
      return opened({ id, displayName, roles }, begun);
    },
    async refresh(refreshToken) {
      const rotation = await refreshTokens.rotate(refreshToken);
      if (rotation.ok) {
        const { accountId: id, displayName, roles } = rotation;
        return opened({ id, displayName, roles }, rotation);
      }
      if (rotation.reason === 'reused') {
        const { accountId, sessionId } = rotation;
        log.warn(
          { event: 'authn_token_reuse', accountId, sessionId },
          'a spent refresh token came back: session ended',
        );
        ended(sessionId);
      }
      return { ok: false, code: 'auth/session-ended' };
    },
    async logout(refreshToken) {
      const sessionId = await refreshTokens.end(refreshToken);
      if (sessionId) ended(sessionId);
    },
    onEnded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
