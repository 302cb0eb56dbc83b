/** Logins against a database of their own, with the real clock: `const auth = await newAuth(t)`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createAccounts, type NewAccount } from '../../src/auth/accounts.ts';
import { createKeys } from '../../src/auth/keys.ts';
import { createPasswords } from '../../src/auth/passwords.ts';
import { createSessions } from '../../src/auth/sessions.ts';
import { createTokens } from '../../src/auth/tokens.ts';
import { systemClock } from '../../src/clock.ts';
import { appUrl } from '../../src/store/app-url.ts';
import { createOrm } from '../../src/store/orm.ts';
import { connect } from './blank-database.ts';
import { newDatabase } from './postgres.ts';

export const password = 'correct horse battery staple';
export const silent = { info: () => {}, warn: () => {}, error: () => {} };

export const newAuth = async (t: TestContext) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'claimroom-auth-'));
  const url = await newDatabase(t);
  const databaseUrl = appUrl(url);
  const orm = await createOrm(databaseUrl, { poolMax: 8, log: silent });
  t.after(async () => {
    await orm.close();
    rmSync(dataDir, { recursive: true });
  });
  const logged: object[] = [];
  const log = { ...silent, warn: (fields: object) => void logged.push(fields) };
  const passwords = createPasswords({ hashesAtOnceMax: 4 });
  const accounts = createAccounts(orm, passwords);
  const keys = createKeys({ dataDir });
  const tokens = createTokens(keys, systemClock);
  const sessions = createSessions({ orm, accounts, passwords, tokens, log });
  let people = 0;

  return {
    databaseUrl,
    orm,
    accounts,
    keys,
    tokens,
    sessions,
    logged,
    /** As the owner of the database, who may do anything. */
    owner: await connect(t, url),
    /** Somebody with an account; a customer unless said otherwise. */
    async person(account: Partial<NewAccount> = {}) {
      const email = `person${++people}@example.test`;
      const created = await accounts.create({
        email,
        password,
        displayName: `Person ${people}`,
        roles: ['customer'],
        ...account,
      });
      if (!created.ok) throw new Error(created.code);
      return { id: created.id, email };
    },
  };
};
export type TestAuth = Awaited<ReturnType<typeof newAuth>>;
