/** Is it the right password? Every no takes as long and says as much as any other, whether or not there is such an account. */
import { randomBytes } from 'node:crypto';
import { wantLetter } from '../mail/wanted.ts';
import { Account } from '../store/entities.ts';
import type { Orm } from '../store/orm.ts';
import { type Accounts, addAccount, isStaff } from './accounts.ts';
import type { Credentials, KnownPerson } from './credentials.ts';
import { networkOf, type Place } from './device.ts';
import type { Passwords } from './passwords.ts';
import type { SecurityEvents } from './security-events.ts';
import type { LoginRefused, SignedIn } from './sessions.ts';
import type { Throttle } from './throttle.ts';

export interface Logins {
  check(
    email: string,
    password: string,
    from: Place,
  ): Promise<{ readonly ok: true; readonly account: SignedIn } | LoginRefused>;
}

export interface LoginsOptions {
  readonly orm: Orm;
  readonly accounts: Pick<Accounts, 'findByEmail'>;
  readonly passwords: Passwords;
  readonly throttle: Throttle;
  /** The main insurance system, if its logins are good here. */
  readonly credentials?: Credentials | undefined;
  readonly events: SecurityEvents;
}

const wrong = { ok: false, code: 'auth/wrong-credentials' } as const;

export const createLogins = ({ orm, accounts, passwords, throttle, credentials, events }: LoginsOptions): Logins => {
  const compare = async (account: Account | null, email: string, password: string) => {
    const checked = await passwords.check(password, account?.passwordHash ?? null);
    if (checked === 'busy') return { ok: false, code: 'busy' } as const;
    if (account && checked === 'right') return account.disabledAt ? wrong : ({ ok: true, account } as const);
    if (!credentials) return wrong;
    // Asked for every address, so that time does not tell which are known here; a password that is ours to check stays here.
    const isTheirs = account === null || account.externalId !== null;
    const vouched = await credentials.check(email, isTheirs ? password : randomBytes(18).toString('base64url'));
    if (!vouched.ok) return vouched.reason === 'wrong' ? wrong : ({ ok: false, code: 'unavailable' } as const);
    const theirs = isTheirs ? await accountFor(orm, vouched.person, events) : null;
    return theirs && !theirs.disabledAt ? ({ ok: true, account: theirs } as const) : wrong;
  };

  return {
    async check(given, password, from) {
      const email = given.trim().toLowerCase();
      const account = await accounts.findByEmail(email);
      const counted = `${email}:${account?.unlocks ?? 0}`;
      const attempt = await throttle.begin(counted, from.ip);
      if (!attempt.ok) {
        events.emit({ event: 'excess_rate_limit_exceeded', accountId: account?.id, ip: from.ip, detail: 'login' });
        return { ok: false, code: 'auth/throttled', retryAfterMs: attempt.waitMs };
      }
      if (attempt.isFirstOnlyKnown && account) {
        events.emit({
          event: 'authn_login_lock',
          accountId: account.id,
          ip: from.ip,
          detail: 'only from known places',
        });
        await wantLetter(orm.em.fork(), { kind: 'notice', notice: 'login-locked', accountId: account.id });
      }
      if (attempt.onlyKnownForMs > 0 && !(await isKnownPlace(orm, account?.id, from.ip)))
        return { ok: false, code: 'auth/throttled', retryAfterMs: attempt.onlyKnownForMs };

      const compared = await compare(account, email, password);
      if (!compared.ok) {
        if (compared.code !== 'auth/wrong-credentials') await attempt.undo();
        else events.emit({ event: 'authn_login_fail', accountId: account?.id, ip: from.ip });
        return compared;
      }
      await attempt.succeeded();
      const { id, displayName, roles, passwordHash } = compared.account;
      if (passwordHash) await rehash(orm, passwords, id, roles, password, passwordHash);
      events.emit({ event: 'authn_login_success', accountId: id, ip: from.ip });
      return { ok: true, account: { id, displayName, roles } };
    },
  };
};

/** With today's parameters, now that the password is at hand. Another one set meanwhile stays. */
const rehash = async (
  orm: Orm,
  passwords: Passwords,
  id: string,
  roles: readonly string[],
  password: string,
  stored: string,
) => {
  const strength = isStaff(roles) ? 'staff' : 'customer';
  if (!passwords.isOutdated(stored, strength)) return;
  const passwordHash = await passwords.hash(password, strength);
  if (passwordHash !== null) await orm.em.fork().nativeUpdate(Account, { id, passwordHash: stored }, { passwordHash });
};

const isKnownPlace = async (orm: Orm, accountId: string | undefined, ip: string | undefined) => {
  const rows = await orm.em
    .fork()
    .execute<{ address: string }[]>(
      'select distinct address from sessions where account_id = ? and address is not null',
      [accountId ?? '00000000-0000-0000-0000-000000000000'],
    );
  return rows.some(({ address }) => networkOf(address) === networkOf(ip));
};

/** Made at the first login. Known again by its id there, also under another address. */
const accountFor = async (orm: Orm, person: KnownPerson, events: SecurityEvents): Promise<Account | null> => {
  const em = orm.em.fork();
  const { id: externalId, email, displayName, customerId } = person;
  const known = await em.findOne(Account, { externalId });
  if (known) return known;
  const created = await addAccount(
    orm,
    {
      externalId,
      email,
      displayName,
      customerId: customerId ?? null,
      passwordHash: null,
      roles: ['customer'],
      emailVerifiedAt: new Date(),
    },
    async () => {},
  );
  if (created.ok)
    events.emit({ event: 'user_created', accountId: created.id, detail: 'known to the main insurance system' });
  // Of two first logins at once the other one made it.
  return orm.em.fork().findOne(Account, { externalId });
};
