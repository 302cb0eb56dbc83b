/**
 * Customers who register themselves. What is answered and how long it takes does not depend on whether the address has an
 * account: the letter, written later, tells the truth to whoever can read it.
 */
import { randomUUIDv7 } from 'node:crypto';
import { wantLetter } from '../mail/wanted.ts';
import type { Orm } from '../store/orm.ts';
import { addAccount } from './accounts.ts';
import type { Rejected } from './account-shapes.ts';
import type { Place } from './device.ts';
import { lifeSeconds, peekToken, redeemToken } from './one-time-tokens.ts';
import { passwordIssues } from './password-policy.ts';
import type { Passwords } from './passwords.ts';
import type { SecurityEvents } from './security-events.ts';
import type { Session, Sessions } from './sessions.ts';

export interface NewCustomer {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly phone?: string | undefined;
}
export interface Registration {
  register(customer: NewCustomer): Promise<{ readonly ok: true } | Rejected<'busy'>>;
  /**
   * With the password that was chosen: otherwise whoever registered somebody else's address would only have to wait until its
   * owner follows the link.
   */
  verify(
    token: string,
    password: string,
    from: Place,
  ): Promise<Session | Rejected<'auth/link-invalid' | 'auth/wrong-credentials' | 'busy'>>;
}

export interface RegistrationOptions {
  readonly orm: Orm;
  readonly passwords: Passwords;
  readonly sessions: Pick<Sessions, 'begin'>;
  readonly events: SecurityEvents;
}

/** With this many wrong passwords a link is void. */
const triesMax = 5;

export const createRegistration = ({ orm, passwords, sessions, events }: RegistrationOptions): Registration => ({
  async register({ email, password, displayName, phone }) {
    const issues = passwordIssues(password, { email, displayName });
    if (issues.length > 0) return { ok: false, code: 'invalid', details: { issues } };
    const passwordHash = await passwords.hash(password, 'customer');
    if (passwordHash === null) return { ok: false, code: 'busy' };
    const id = randomUUIDv7();
    await orm.em.fork().transactional(async (em) => {
      await em.execute(
        `with old as (delete from registrations where expires_at < now())
         insert into registrations (id, email, password_hash, display_name, phone, expires_at)
         values (?, ?, ?, ?, ?, now() + make_interval(secs => ?))`,
        [id, email, passwordHash, displayName, phone ?? null, lifeSeconds.registration],
      );
      await wantLetter(em, { kind: 'registration', registrationId: id });
    });
    return { ok: true };
  },

  async verify(token, password, from) {
    const em = orm.em.fork();
    const found = await peekToken(em, 'registration', token);
    const [waiting] = found
      ? await em.execute<Waiting[]>(
          `update registrations set tries = tries + 1 where id = ? and expires_at > now() and tries < ? returning *`,
          [found.subjectId, triesMax],
        )
      : [];
    if (!waiting) return { ok: false, code: 'auth/link-invalid' };
    const checked = await passwords.check(password, waiting.password_hash);
    if (checked === 'busy') return { ok: false, code: 'busy' };
    if (checked === 'wrong') return { ok: false, code: 'auth/wrong-credentials' };
    if (!(await redeemToken(orm.em.fork(), 'registration', token))) return { ok: false, code: 'auth/link-invalid' };
    const account = { displayName: waiting.display_name, roles: ['customer'] };
    const created = await addAccount(
      orm,
      {
        ...account,
        email: waiting.email,
        phone: waiting.phone,
        passwordHash: waiting.password_hash,
        emailVerifiedAt: new Date(),
      },
      async (inside) => {
        await inside.execute('delete from registrations where email = ?', [waiting.email]);
      },
    );
    // Registered twice, and confirmed by the other letter.
    if (!created.ok) return { ok: false, code: 'auth/link-invalid' };
    events.emit({ event: 'user_created', accountId: created.id, ip: from.ip, detail: 'registered' });
    return sessions.begin({ id: created.id, ...account }, from);
  },
});

interface Waiting {
  readonly id: string;
  readonly email: string;
  readonly password_hash: string;
  readonly display_name: string;
  readonly phone: string | null;
}
