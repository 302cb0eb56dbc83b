/** What people change about their own account. Each change needs the password once more, and is told to them by letter. */
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { type Notice, wantLetter } from '../mail/wanted.ts';
import { Account } from '../store/entities.ts';
import type { EntityManager, Orm } from '../store/orm.ts';
import { isStaff } from './accounts.ts';
import type { Rejected } from './account-shapes.ts';
import type { Place } from './device.ts';
import { endSessions, type LiveSessions } from './live-sessions.ts';
import type { Logins } from './logins.ts';
import { redeemToken, voidTokens } from './one-time-tokens.ts';
import { passwordIssues } from './password-policy.ts';
import type { Passwords } from './passwords.ts';
import type { SecurityEventName, SecurityEvents } from './security-events.ts';
import type { LoginRefused } from './sessions.ts';

/** Who asks: the account, the session it asks from, and where that is. */
export interface Owner {
  readonly accountId: string;
  readonly sessionId: string;
  readonly from: Place;
}
export type OwnChange<Code extends string = never> =
  | { readonly ok: true }
  | LoginRefused
  | Rejected<Code | 'not-found' | 'account/kept-elsewhere' | 'busy'>;

export interface OwnAccount {
  /** All other sessions end. */
  changePassword(owner: Owner, currentPassword: string, newPassword: string): Promise<OwnChange>;
  /** Nothing changes until the new address is confirmed; the old one is told at once. */
  changeEmail(owner: Owner, currentPassword: string, email: string): Promise<OwnChange>;
  /** By the link that was sent there. */
  confirmEmail(token: string, from: Place): Promise<{ readonly ok: true } | Rejected<'auth/link-invalid'>>;
  changePhone(owner: Owner, currentPassword: string, phone: string | null): Promise<OwnChange>;
}

export interface OwnAccountOptions {
  readonly orm: Orm;
  readonly passwords: Passwords;
  readonly logins: Logins;
  readonly live: Pick<LiveSessions, 'noticed'>;
  readonly events: SecurityEvents;
}

export const createOwnAccount = ({ orm, passwords, logins, live, events }: OwnAccountOptions): OwnAccount => {
  /** The account, after its password was asked once more; guesses are counted like those at the login. */
  const again = async ({ accountId, from }: Owner, password: string) => {
    const account = await orm.em.fork().findOne(Account, { id: accountId, disabledAt: null });
    if (!account) return { ok: false, code: 'not-found' } as const;
    const who = await logins.check(account.email, password, from);
    if (who.ok) return { ok: true, account } as const;
    events.emit({ event: 'authn_password_change_fail', accountId, ip: from.ip, detail: who.code });
    return who;
  };
  const notice = (em: EntityManager, what: Notice, accountId: string, to?: string) =>
    wantLetter(em, { kind: 'notice', notice: what, accountId, ...(to !== undefined && { to }) });
  const emit = (event: SecurityEventName, { accountId, sessionId, from }: Owner, detail?: string) =>
    events.emit({ event, accountId, sessionId, ip: from.ip, detail });

  return {
    async changePassword(owner, currentPassword, newPassword) {
      const who = await again(owner, currentPassword);
      if (!who.ok) return who;
      const { account } = who;
      if (account.externalId !== null) return { ok: false, code: 'account/kept-elsewhere' };
      const issues = passwordIssues(newPassword, account, 'newPassword');
      if (issues.length > 0) return { ok: false, code: 'invalid', details: { issues } };
      const passwordHash = await passwords.hash(newPassword, isStaff(account.roles) ? 'staff' : 'customer');
      if (passwordHash === null) return { ok: false, code: 'busy' };
      const ended = await orm.em.fork().transactional(async (em) => {
        await em.nativeUpdate(Account, { id: account.id }, { passwordHash, passwordChangedAt: new Date() });
        await voidTokens(em, 'recovery', account.id);
        await notice(em, 'password-changed', account.id);
        return endSessions(em, account.id, 'password-changed', { exceptId: owner.sessionId });
      });
      live.noticed(ended);
      emit('authn_password_change', owner);
      return { ok: true };
    },

    async changeEmail(owner, currentPassword, email) {
      const who = await again(owner, currentPassword);
      if (!who.ok) return who;
      const { id, externalId } = who.account;
      if (externalId !== null) return { ok: false, code: 'account/kept-elsewhere' };
      // Whether somebody has that address is found out, and told, only by letter.
      await orm.em.fork().transactional(async (em) => {
        await wantLetter(em, { kind: 'new-email', accountId: id, email });
        await notice(em, 'email-changing', id);
      });
      emit('authn_email_change', owner, 'wanted');
      return { ok: true };
    },

    async confirmEmail(token, from) {
      try {
        return await orm.em.fork().transactional(async (em) => {
          const found = await redeemToken(em, 'new-email', token);
          const account = found && (await em.findOne(Account, { id: found.subjectId, disabledAt: null }));
          if (!found?.detail || !account) return { ok: false, code: 'auth/link-invalid' } as const;
          const { id, email: former } = account;
          await em.nativeUpdate(Account, { id }, { email: found.detail, emailVerifiedAt: new Date() });
          // A link that lies in the former mailbox opens nothing any more.
          await voidTokens(em, 'recovery', id);
          await notice(em, 'email-changed', id, former);
          events.emit({ event: 'authn_email_change', accountId: id, ip: from.ip, detail: 'confirmed' });
          return { ok: true } as const;
        });
      } catch (error) {
        if (error instanceof UniqueConstraintViolationException) return { ok: false, code: 'auth/link-invalid' };
        throw error;
      }
    },

    async changePhone(owner, currentPassword, phone) {
      const who = await again(owner, currentPassword);
      if (!who.ok) return who;
      await orm.em.fork().transactional(async (em) => {
        await em.nativeUpdate(Account, { id: who.account.id }, { phone });
        await notice(em, 'phone-changed', who.account.id);
      });
      emit('authn_phone_change', owner);
      return { ok: true };
    },
  };
};
