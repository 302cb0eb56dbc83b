/** Getting back in without the password, and coming in for the first time: by a link that was sent to the address. */
import { wantLetter } from '../mail/wanted.ts';
import { Account } from '../store/entities.ts';
import type { Orm } from '../store/orm.ts';
import { isStaff } from './accounts.ts';
import type { Rejected } from './account-shapes.ts';
import type { Place } from './device.ts';
import { endSessions, type LiveSessions } from './live-sessions.ts';
import { peekToken, redeemToken } from './one-time-tokens.ts';
import { passwordIssues } from './password-policy.ts';
import type { Passwords } from './passwords.ts';
import type { SecurityEvents } from './security-events.ts';
import type { Session, Sessions } from './sessions.ts';

export type LinkRefused = Rejected<'auth/link-invalid' | 'busy'>;
export interface Recovery {
  /** The same whether or not there is such an account: all it does is to want a letter. */
  forgot(email: string): Promise<void>;
  /** Ends every session and forgets failed logins; signing in is the next step. */
  reset(token: string, password: string, from: Place): Promise<{ readonly ok: true } | LinkRefused>;
  /** Of an invitation; signs in. */
  accept(token: string, password: string, from: Place): Promise<Session | LinkRefused>;
}

export interface RecoveryOptions {
  readonly orm: Orm;
  readonly passwords: Passwords;
  readonly sessions: Pick<Sessions, 'begin'>;
  readonly live: Pick<LiveSessions, 'noticed'>;
  readonly events: SecurityEvents;
}

export const createRecovery = ({ orm, passwords, sessions, live, events }: RecoveryOptions): Recovery => {
  /** Sets the password by a link; null: the link is no good (any more). */
  const choose = async (purpose: 'recovery' | 'invitation', token: string, password: string) => {
    const em = orm.em.fork();
    const found = await peekToken(em, purpose, token);
    const account = found && (await em.findOne(Account, { id: found.subjectId, disabledAt: null, externalId: null }));
    if (!account) return { ok: false, code: 'auth/link-invalid' } as const;
    const issues = passwordIssues(password, account);
    if (issues.length > 0) return { ok: false, code: 'invalid', details: { issues } } as const;
    const { id, displayName, roles } = account;
    const passwordHash = await passwords.hash(password, isStaff(roles) ? 'staff' : 'customer');
    if (passwordHash === null) return { ok: false, code: 'busy' } as const;
    const ended = await orm.em.fork().transactional(async (inside) => {
      if (!(await redeemToken(inside, purpose, token))) return null;
      // Whoever reads the letter has the address.
      await inside.execute(
        `update accounts set password_hash = ?, password_changed_at = now(), unlocks = unlocks + 1,
                email_verified_at = coalesce(email_verified_at, now()) where id = ?`,
        [passwordHash, id],
      );
      await inside.execute(`delete from one_time_tokens where subject_id = ?`, [id]);
      if (purpose === 'recovery') await wantLetter(inside, { kind: 'notice', notice: 'password-reset', accountId: id });
      return endSessions(inside, id, 'password-reset');
    });
    if (!ended) return { ok: false, code: 'auth/link-invalid' } as const;
    live.noticed(ended);
    return { ok: true, account: { id, displayName, roles } } as const;
  };

  return {
    async forgot(email) {
      await wantLetter(orm.em.fork(), { kind: 'recovery', email });
    },
    async reset(token, password, from) {
      const chosen = await choose('recovery', token, password);
      if (!chosen.ok) return chosen;
      events.emit({ event: 'authn_password_reset', accountId: chosen.account.id, ip: from.ip });
      return { ok: true };
    },
    async accept(token, password, from) {
      const chosen = await choose('invitation', token, password);
      if (!chosen.ok) return chosen;
      events.emit({ event: 'authn_password_change', accountId: chosen.account.id, ip: from.ip, detail: 'invitation' });
      return sessions.begin(chosen.account, from);
    },
  };
};
