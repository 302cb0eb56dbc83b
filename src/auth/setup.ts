/** The first administrator: made with a token that the server prints at its start, as long as there is none. */
import { randomBytes } from 'node:crypto';
import { Account } from '../store/entities.ts';
import type { EntityManager, Orm } from '../store/orm.ts';
import { addAccount } from './accounts.ts';
import type { Rejected } from './account-shapes.ts';
import type { Place } from './device.ts';
import { keepToken, redeemToken } from './one-time-tokens.ts';
import { passwordIssues } from './password-policy.ts';
import type { Passwords } from './passwords.ts';
import type { SecurityEvents } from './security-events.ts';
import type { Session, Sessions } from './sessions.ts';

export interface Setup {
  /** A token to print, if there is no administrator; null: there is one, or the token was given and is known. */
  prepare(): Promise<string | null>;
  setUp(
    token: string,
    admin: { readonly email: string; readonly password: string; readonly displayName: string },
    from: Place,
  ): Promise<Session | Rejected<'auth/link-invalid' | 'account/email-taken' | 'busy'>>;
}

export interface SetupOptions {
  readonly orm: Orm;
  readonly passwords: Passwords;
  readonly sessions: Pick<Sessions, 'begin'>;
  readonly events: SecurityEvents;
  /** Instead of one made at the start. */
  readonly givenToken: string | undefined;
}

/** Whom it is about: nobody yet. */
const nobody = '00000000-0000-4000-8000-000000000000';
const isUnset = async (em: EntityManager) => {
  const rows = await em.execute<object[]>(`select 1 from accounts where 'administrator' = any(roles) limit 1`);
  return rows.length === 0;
};

export const createSetup = ({ orm, passwords, sessions, events, givenToken }: SetupOptions): Setup => ({
  async prepare() {
    const em = orm.em.fork();
    if (!(await isUnset(em))) return null;
    const token = givenToken ?? randomBytes(18).toString('base64url');
    await keepToken(em, 'setup', nobody, token);
    return givenToken === undefined ? token : null;
  },

  async setUp(token, { email, password, displayName }, from) {
    const issues = passwordIssues(password, { email, displayName });
    if (issues.length > 0) return { ok: false, code: 'invalid', details: { issues } };
    const passwordHash = await passwords.hash(password, 'staff');
    if (passwordHash === null) return { ok: false, code: 'busy' };
    const roles = ['administrator'];
    let isOpen = false;
    try {
      const created = await addAccount(
        orm,
        { email, displayName, roles, passwordHash, emailVerifiedAt: new Date() },
        async (em, id) => {
          // The token is used up in the same step: of two at once one gets it.
          const redeemed = await redeemToken(em, 'setup', token);
          const others = await em.count(Account, { id: { $ne: id }, roles: { $contains: ['administrator'] } });
          isOpen = redeemed !== null && others === 0;
          if (!isOpen) throw new NotOpen();
        },
      );
      if (!created.ok) return created;
      events.emit({ event: 'user_created', accountId: created.id, ip: from.ip, detail: 'first administrator' });
      return await sessions.begin({ id: created.id, displayName, roles }, from);
    } catch (error) {
      if (error instanceof NotOpen) return { ok: false, code: 'auth/link-invalid' };
      throw error;
    }
  },
});

class NotOpen extends Error {}
