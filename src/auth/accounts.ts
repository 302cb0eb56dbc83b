/** Logins, as administrators and the server itself handle them. Who a person is as a customer or an agent is another record. */
import { randomUUIDv7 } from 'node:crypto';
import { raw, UniqueConstraintViolationException } from '@mikro-orm/core';
import { wantLetter } from '../mail/wanted.ts';
import { Account } from '../store/entities.ts';
import type { EntityManager, Orm } from '../store/orm.ts';
import { AccountChanges, type Invited, NewAccount, parsed, type Rejected } from './account-shapes.ts';
import { endSessions, type LiveSessions } from './live-sessions.ts';
import { voidTokens } from './one-time-tokens.ts';
import type { Passwords } from './passwords.ts';
import type { SecurityEvents } from './security-events.ts';

export type Created = { readonly ok: true; readonly id: string } | Rejected<'account/email-taken' | 'busy'>;
export type Done<Code extends string = never> = { readonly ok: true } | Rejected<Code>;

/** What else has to be true if the change is, and undoes it by throwing: the audit, a rule about others. The last in its transaction. */
export type Inside = (em: EntityManager, id: string) => Promise<void>;

/** `byId`: the account of who does it, for the audit; left out, the server does. */
export interface Accounts {
  /** With a password. Whoever lets a person choose it checks `passwordIssues` first. */
  create(account: NewAccount, byId?: string): Promise<Created>;
  /** Without one: a letter goes out with a link that lets them choose it. */
  invite(account: Invited, byId?: string, inside?: Inside): Promise<Created>;
  /** A fresh link; the former is void. */
  inviteAgain(id: string, byId?: string, inside?: Inside): Promise<Done<'not-found' | 'account/not-invited'>>;
  /** Its link is void, and the account nobody has come to yet is disabled. */
  revokeInvitation(id: string, byId?: string, inside?: Inside): Promise<Done<'not-found' | 'account/not-invited'>>;
  find(id: string): Promise<Account | null>;
  findByEmail(email: string): Promise<Account | null>;
  /** Roles, limits and who they are take effect within a second, on living sockets, too. */
  change(id: string, changes: AccountChanges, byId?: string, inside?: Inside): Promise<Done<'not-found'>>;
  /** Every session of it ends within a second, on every node. */
  disable(id: string, byId?: string, inside?: Inside): Promise<Done<'not-found'>>;
  enable(id: string, byId?: string, inside?: Inside): Promise<Done<'not-found'>>;
  /** Forgets its failed logins, on every node. */
  unlock(id: string, byId?: string, inside?: Inside): Promise<Done<'not-found'>>;
  /** Sends the letter by which its owner chooses a new password: nobody else ever sets one. */
  sendRecovery(id: string, byId?: string, inside?: Inside): Promise<Done<'not-found'>>;
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
  const update = async (id: string, set: object, ...after: readonly (Inside | undefined)[]) =>
    orm.em.fork().transactional(async (em) => {
      const found = await em.nativeUpdate(Account, { id }, set);
      if (found > 0) for (const each of after) await each?.(em, id);
      return found > 0;
    });
  const isInvited = async (id: string): Promise<Done<'not-found' | 'account/not-invited'>> => {
    const account = await orm.em.fork().findOne(Account, { id });
    if (!account) return { ok: false, code: 'not-found' };
    const isOpen = account.passwordHash === null && account.invitedAt !== null && account.disabledAt === null;
    return isOpen ? { ok: true } : { ok: false, code: 'account/not-invited' };
  };
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
    async invite(account, byId, inside) {
      const { value, rejected } = parsed(NewAccount.omit({ password: true }), account);
      if (!value) return rejected;
      const { limits, ...rest } = value;
      const created = await add(
        { ...rest, ...limitsOf(limits), passwordHash: null, invitedAt: new Date() },
        async (em, accountId) => {
          await wantLetter(em, { kind: 'invitation', accountId });
          await inside?.(em, accountId);
        },
      );
      if (created.ok) events.emit({ event: 'user_invited', accountId: created.id, byId });
      return created;
    },
    async inviteAgain(id, byId, inside) {
      const invited = await isInvited(id);
      if (!invited.ok) return invited;
      const letter: Inside = (em) => wantLetter(em, { kind: 'invitation', accountId: id });
      await update(id, { invitedAt: new Date() }, letter, inside);
      events.emit({ event: 'user_invited', accountId: id, byId, detail: 'again' });
      return { ok: true };
    },
    async revokeInvitation(id, byId, inside) {
      const invited = await isInvited(id);
      if (!invited.ok) return invited;
      await update(id, { disabledAt: new Date() }, (em) => voidTokens(em, 'invitation', id), inside);
      events.emit({ event: 'user_disabled', accountId: id, byId, detail: 'invitation' });
      return { ok: true };
    },
    find: (id) => orm.em.fork().findOne(Account, { id }),
    findByEmail: (email) => orm.em.fork().findOne(Account, { email: email.trim().toLowerCase() }),
    async change(id, changes, byId, inside) {
      const { value, rejected } = parsed(AccountChanges, changes);
      if (!value) return rejected;
      const { limits, ...rest } = value;
      const isFound = await update(id, { ...rest, ...(limits && limitsOf(limits)) }, inside);
      if (isFound) events.emit({ event: 'user_updated', accountId: id, byId, detail: Object.keys(value).join(',') });
      return done(isFound);
    },
    async disable(id, byId, inside) {
      let ended: readonly string[] = [];
      const end: Inside = async (em) => {
        ended = await endSessions(em, id, 'disabled');
      };
      const isFound = await update(id, { disabledAt: new Date() }, end, inside);
      live.noticed(ended);
      if (isFound) events.emit({ event: 'user_disabled', accountId: id, byId });
      return done(isFound);
    },
    async enable(id, byId, inside) {
      const isFound = await update(id, { disabledAt: null }, inside);
      if (isFound) events.emit({ event: 'user_enabled', accountId: id, byId });
      return done(isFound);
    },
    async unlock(id, byId, inside) {
      const isFound = await update(id, { unlocks: raw('unlocks + 1') }, inside);
      if (isFound) events.emit({ event: 'authn_login_unlock', accountId: id, byId });
      return done(isFound);
    },
    async sendRecovery(id, byId, inside) {
      const account = await orm.em.fork().findOne(Account, { id });
      if (!account) return { ok: false, code: 'not-found' };
      await orm.em.fork().transactional(async (em) => {
        await wantLetter(em, { kind: 'recovery', email: account.email });
        await inside?.(em, id);
      });
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
