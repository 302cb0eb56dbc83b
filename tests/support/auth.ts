/** Logins against a database of their own, with the real clock: `const auth = await newAuth(t)`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { NewAccount } from '../../src/auth/account-shapes.ts';
import { type AuthOptions, createAuth } from '../../src/auth/auth.ts';
import type { SecurityEvent } from '../../src/auth/security-events.ts';
import { systemClock as clock, systemTimers as timers } from '../../src/clock.ts';
import { defaultLimits } from '../../src/limits.ts';
import type { Letter } from '../../src/mail/mail.ts';
import { appUrl } from '../../src/store/app-url.ts';
import { createOrm } from '../../src/store/orm.ts';
import { connect } from './blank-database.ts';
import { newDatabase } from './postgres.ts';

export const password = 'correct horse battery staple';
export const silent = { info: () => {}, warn: () => {}, error: () => {} };
export const publicUrl = 'https://claims.example.test';

export const newAuth = async (t: TestContext, config: Partial<AuthOptions['config']> = {}) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'claimroom-auth-'));
  const url = await newDatabase(t);
  const databaseUrl = appUrl(url);
  const orm = await createOrm(databaseUrl, { poolMax: 8, log: silent });
  const ends: (() => Promise<void>)[] = [];
  t.after(async () => {
    // Hooks run in the order they were made; whoever still writes must be done before the connections go.
    for (const end of ends) await end();
    await orm.close();
    rmSync(dataDir, { recursive: true });
  });
  const logged: object[] = [];
  const log = { ...silent, warn: (fields: object) => void logged.push(fields) };
  const auth = await createAuth({
    orm,
    config: {
      dataDir,
      jwtPrivateKey: undefined,
      limits: defaultLimits,
      smtpUrl: undefined,
      mailFrom: 'Claimroom <no-reply@example.test>',
      credentialsUrl: undefined,
      credentialsToken: undefined,
      setupToken: undefined,
      ...config,
    },
    clock,
    timers,
    log,
    publicUrl: () => publicUrl,
  });
  const events: SecurityEvent[] = [];
  auth.events.onEvent((event) => void events.push(event));
  // As the owner of the database, who may do anything.
  const owner = await connect(t, url);
  let people = 0;

  return {
    ...auth,
    auth,
    databaseUrl,
    orm,
    /** Before the database connections are closed. */
    atEnd: (end: () => Promise<void>) => void ends.push(end),
    logged,
    happened: events,
    owner,
    /** Somebody with an account; a customer unless said otherwise. */
    async person(account: Partial<NewAccount> = {}) {
      const email = `person${++people}@example.test`;
      const created = await auth.accounts.create({
        email,
        password,
        displayName: `Person ${people}`,
        roles: ['customer'],
        ...account,
      });
      if (!created.ok) throw new Error(created.code);
      return { id: created.id, email };
    },
    /** Writes the letters that are wanted by now, as the queue would; returns them, oldest first. */
    async letters(): Promise<Letter[]> {
      const { rows } = await owner.query(
        `with taken as (
           delete from graphile_worker._private_jobs j using graphile_worker._private_tasks k
            where k.id = j.task_id and k.identifier = 'send-letter' returning j.id, j.payload)
         select payload from taken order by id`,
      );
      await owner.query('delete from outbox');
      for (const { payload } of rows) await auth.writeLetter(payload);
      return [...(await auth.outbox.list())].reverse();
    },
  };
};
export type TestAuth = Awaited<ReturnType<typeof newAuth>>;

/** Out of a letter's link. */
export const tokenIn = (letter: Letter | undefined): string => {
  const token = /token=([\w-]+)/.exec(letter?.text ?? '')?.[1];
  if (token === undefined) throw new Error(`no token in ${letter?.text}`);
  return token;
};
