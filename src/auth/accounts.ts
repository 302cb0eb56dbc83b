/** Logins, as administrators and the server itself handle them. Who a person is as a customer or an agent is another record. */
import { randomUUIDv7 } from 'node:crypto';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { wantLetter } from '../mail/wanted.ts';
import { Account } from '../store/entities.ts';
import type { EntityManager, Orm } from '../store/orm.ts';
import { AccountChanges, type Invited, NewAccount, parsed, type Rejected } from './account-shapes.ts';
import { endSessions, type LiveSessions } from './live-sessions.ts';
import type { Passwords } from './passwords.ts';
import type { SecurityEvents } from './security-events.ts';

export type Created = { readonly ok: true; readonly id: string } | Rejected<'account/email-taken' | 'busy'>;
export type Done<Code extends string = never> = { readonly ok: true } | Rejected<Code>;

/** `byId`: the account of who does it, for the audit; left out, the server does. */
export interface Accounts {
  /** With a password. Whoever lets a person choose it checks `passwordIssues` first. */
  create(account: NewAccount, byId?: string): Promise<Created>;
  /** Without one: a letter goes out with a link that lets them choose it. */
  invite(account: Invited, byId?: string): Promise<Created>;
  /** A fresh link; the former is void. */
  inviteAgain(id: string, byId?: string): Promise<Done<'not-found' | 'account/not-invited'>>;
  find(id: string): Promise<Account | null>;
  findByEmail(email: string): Promise<Account | null>;
  /** Roles, limits and who they are take effect within a second, on living sockets, too. */
  change(id: string, changes: AccountChanges, byId?: string): Promise<Done<'not-found'>>;
  /** Every session of it ends within a second, on every node. */
  disable(id: string, byId?: string): Promise<Done<'not-found'>>;
  enable(id: string, byId?: string): Promise<Done<'not-found'>>;
  /** Forgets its failed logins, on every node. */
  unlock(id: string, byId?: string): Promise<Done<'not-found'>>;
  /** Sends the letter by which its owner chooses a new password: nobody else ever sets one. */
  sendRecovery(id: string, byId?: string): Promise<Done<'not-found'>>;
}

/** Anybody who is not only a customer. */
export const isStaff = (roles: readonly string[]) => roles.some((role) => role !== 'customer');

export interface AccountsOptions {
  readonly orm: Orm;
  readonly passwords: Passwords;
  readonly live: Pick<LiveSessions, 'noticed'>;
  readonly events: SecurityEvents;
}

export const createAccounts = ({ orm, passwords, live, events }: AccountsOptions): Accounts => {
  const add = (
    account: Record<string, unknown>,
    after: (em: EntityManager, id: string) => Promise<void>,
  ): Promise<Created> => addAccount(orm, account, after);
  /** In one transaction with whatever else has to be true. */
  const update = async (id: string, set: object, after?: (em: EntityManager) => Promise<void>) =>
    orm.em.fork().transactional(async (em) => {
      const found = await em.nativeUpdate(Account, { id }, set);
      if (found > 0) await after?.(em);
      return found > 0;
    });
  const done = (isFound: boolean): Done<'not-found'> => (isFound ? { ok: true } : { ok: false, code: 'not-found' });

  return {
    async create(account, byId) {
      const { value, rejected } = parsed(NewAccount, account);
      if (!value) return rejected;
      const { password, limits, ...rest } = value;
      const passwordHash = await passwords.hash(password, isStaff(rest.roles) ? 'staff' : 'customer');
      if (passwordHash === null) return { ok: false, code: 'busy' };
      const created = await add(
        { ...rest, ...limitsOf(limits), passwordHash, emailVerifiedAt: new Date() },
        async () => {},
      );
      if (created.ok) events.emit({ event: 'user_created', accountId: created.id, byId });
      return created;
    },
    async invite(account, byId) {
      const { value, rejected } = parsed(NewAccount.omit({ password: true }), account);
      if (!value) return rejected;
      const { limits, ...rest } = value;
      const created = await add(
        { ...rest, ...limitsOf(limits), passwordHash: null, invitedAt: new Date() },
        (em, accountId) => wantLetter(em, { kind: 'invitation', accountId }),
      );
      if (created.ok) events.emit({ event: 'user_invited', accountId: created.id, byId });
      return created;
    },
    async inviteAgain(id, byId) {
      const account = await orm.em.fork().findOne(Account, { id });
      if (!account) return { ok: false, code: 'not-found' };
      if (account.passwordHash !== null || account.invitedAt === null)
        return { ok: false, code: 'account/not-invited' };
      await update(id, { invitedAt: new Date() }, (em) => wantLetter(em, { kind: 'invitation', accountId: id }));
      events.emit({ event: 'user_invited', accountId: id, byId, detail: 'again' });
      return { ok: true };
    },
    find: (id) => orm.em.fork().findOne(Account, { id }),
    findByEmail: (email) => orm.em.fork().findOne(Account, { email: email.trim().toLowerCase() }),
    async change(id, changes, byId) {
      const { value, rejected } = parsed(AccountChanges, changes);
      if (!value) return rejected;
      const { limits, ...rest } = value;
      const isFound = await update(id, { ...rest, ...(limits && limitsOf(limits)) });
      if (isFound) events.emit({ event: 'user_updated', accountId: id, byId, detail: Object.keys(value).join(',') });
      return done(isFound);
    },
    async disable(id, byId) {
      let ended: readonly string[] = [];
      const isFound = await update(id, { disabledAt: new Date() }, async (em) => {
        ended = await endSessions(em, id, 'disabled');
      });
      live.noticed(ended);
      if (isFound) events.emit({ event: 'user_disabled', accountId: id, byId });
      return done(isFound);
    },
    async enable(id, byId) {
      const isFound = await update(id, { disabledAt: null });
      if (isFound) events.emit({ event: 'user_enabled', accountId: id, byId });
      return done(isFound);
    },
    async unlock(id, byId) {
      const rows = await orm.em
        .fork()
        .execute<object[]>('update accounts set unlocks = unlocks + 1 where id = ? returning 1', [id]);
      if (rows.length > 0) events.emit({ event: 'authn_login_unlock', accountId: id, byId });
      return done(rows.length > 0);
    },
    async sendRecovery(id, byId) {
      const em = orm.em.fork();
      const account = await em.findOne(Account, { id });
      if (!account) return { ok: false, code: 'not-found' };
      await wantLetter(em, { kind: 'recovery', email: account.email });
      events.emit({ event: 'authz_admin', accountId: id, byId, detail: 'recovery-sent' });
      return { ok: true };
    },
  };
};

const limitsOf = ({ reserve, payment }: { readonly reserve: number; readonly payment: number }) => ({
  reserveLimit: reserve,
  paymentLimit: payment,
});

/** One address is one account. */
export const addAccount = async (
  orm: Orm,
  { id = randomUUIDv7(), ...account }: Record<string, unknown>,
  also: (em: EntityManager, id: string) => Promise<void>,
): Promise<
  { readonly ok: true; readonly id: string } | { readonly ok: false; readonly code: 'account/email-taken' }
> => {
  try {
    await orm.em.fork().transactional(async (em) => {
      await em.insert(Account, { customerId: null, agentId: null, ...account, id } as never);
      await also(em, id as string);
    });
    return { ok: true, id: id as string };
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) return { ok: false, code: 'account/email-taken' };
    throw error;
  }
};
