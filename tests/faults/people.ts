/** Who takes part: a few agents and supervisors with accounts in the database, signed in over REST like anybody else. */
import { randomUUID } from 'node:crypto';
import type { Caller } from '../../rooms/kit.ts';
import { entitled } from '../../rooms/permissions.ts';
import { createAccounts } from '../../src/auth/accounts.ts';
import { createPasswords } from '../../src/auth/passwords.ts';
import { createSecurityEvents } from '../../src/auth/security-events.ts';
import { appUrl } from '../../src/store/app-url.ts';
import { createOrm } from '../../src/store/orm.ts';
import { silentLog } from '../support/silent-log.ts';

export interface Person {
  readonly caller: Caller;
  /** For the client: an access token that is valid now. Any server of the same key takes it. */
  token(): Promise<string>;
}
export interface People {
  readonly agents: readonly Person[];
  readonly supervisors: readonly Person[];
}

const password = 'correct horse battery staple';
const limits = { reserve: 1_000_000_000, payment: 1_000_000_000 };

/** `url` is a running server's, by which the database has been migrated. */
export const newPeople = async (databaseUrl: string, url: string): Promise<People> => {
  const orm = await createOrm(appUrl(databaseUrl), { poolMax: 2, log: silentLog });
  const accounts = createAccounts({
    orm,
    passwords: createPasswords({ hashesAtOnceMax: 2 }),
    live: { noticed() {} },
    events: createSecurityEvents(silentLog),
  });
  const person = async (role: 'agent' | 'supervisor'): Promise<Person> => {
    const email = `${randomUUID()}@claimroom.example`;
    const agentId = randomUUID();
    const created = await accounts.create({ email, password, displayName: role, roles: [role], agentId, limits });
    if (!created.ok) throw new Error(created.code);
    // Good for five minutes, which is longer than any of these tests.
    const { accessToken } = await login(url, email);
    const caller = entitled({ accountId: created.id, agentId, roles: [role], limits });
    return { caller, token: async () => accessToken };
  };
  try {
    const agents = await Promise.all([person('agent'), person('agent'), person('agent'), person('agent')]);
    return { agents, supervisors: await Promise.all([person('supervisor'), person('supervisor')]) };
  } finally {
    await orm.close();
  }
};

const login = async (url: string, email: string) => {
  const response = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password, client: 'api' }),
  });
  if (!response.ok) throw new Error(`login: ${response.status} ${await response.text()}`);
  return (await response.json()) as { readonly accessToken: string };
};
