/** Logins. Who a person is as a customer or an agent is another record; an account only points to it. */
import { randomUUIDv7 } from 'node:crypto';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { z } from 'zod';
import { issuesOf } from '../../rooms/kit.ts';
import { Text, Uuid } from '../../rooms/values.ts';
import { Account } from '../store/entities.ts';
import type { Orm } from '../store/orm.ts';
import type { Passwords } from './passwords.ts';

export const Email = z.string().trim().toLowerCase().pipe(z.email().max(254));
/** Long rather than complicated; nothing is cut off. */
export const NewPassword = z.string().min(12, 'at least 12 characters').max(1_024);

const NewAccount = z.strictObject({
  /** Given by the demo and by tests, which name accounts before they exist. */
  id: Uuid.optional(),
  email: Email,
  password: NewPassword,
  displayName: Text(200),
  // Nobody signs in as the system: that seat belongs to the runtime.
  roles: z
    .array(z.string().regex(/^(?!system$)[a-z][a-z-]{0,39}$/, 'a role, e.g. agent'))
    .min(1)
    .max(10),
  customerId: Uuid.optional(),
  agentId: Uuid.optional(),
  limits: z
    .strictObject({ reserve: z.int().nonnegative(), payment: z.int().nonnegative() })
    .default({ reserve: 0, payment: 0 }),
});
export type NewAccount = z.input<typeof NewAccount>;
export type Created =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly code: 'invalid'; readonly details: { readonly issues: ReturnType<typeof issuesOf> } }
  | { readonly ok: false; readonly code: 'account/email-taken' | 'busy' };

export interface Accounts {
  create(account: NewAccount): Promise<Created>;
  findByEmail(email: string): Promise<Account | null>;
  /** Every session of it ends within a second or so, on every node. */
  disable(id: string): Promise<void>;
}

/** Anybody who is not only a customer. */
export const isStaff = (roles: readonly string[]) => roles.some((role) => role !== 'customer');

export const createAccounts = (orm: Orm, passwords: Passwords): Accounts => ({
  async create(account) {
    const parsed = NewAccount.safeParse(account);
    if (!parsed.success) return { ok: false, code: 'invalid', details: { issues: issuesOf(parsed.error) } };
    const { id = randomUUIDv7(), email, password, displayName, roles, customerId, agentId, limits } = parsed.data;
    const passwordHash = await passwords.hash(password, isStaff(roles) ? 'staff' : 'customer');
    if (passwordHash === null) return { ok: false, code: 'busy' };
    try {
      await orm.em.fork().insert(Account, {
        id,
        email,
        passwordHash,
        displayName,
        roles,
        customerId: customerId ?? null,
        agentId: agentId ?? null,
        reserveLimit: limits.reserve,
        paymentLimit: limits.payment,
      });
      return { ok: true, id };
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) return { ok: false, code: 'account/email-taken' };
      throw error;
    }
  },
  findByEmail: (email) => orm.em.fork().findOne(Account, { email: email.trim().toLowerCase() }),
  async disable(id) {
    await orm.em.fork().nativeUpdate(Account, { id, disabledAt: null }, { disabledAt: new Date() });
  },
});
