/** The whole server in this process, on a database of its own: `const server = await newServer(t)`, then people, then their sockets. */
import assert from 'node:assert/strict';
import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import pg from 'pg';
import { type Environment, loadConfig } from '../../src/config.ts';
import { type Limits, variableOf, limitNames } from '../../src/limits.ts';
import { start } from '../../src/main.ts';
import { newDatabase } from './postgres.ts';
import { silentLog } from './silent-log.ts';

export const password = 'correct horse battery staple';

/** What nobody caught. node:test misses those that come after the test in which they began, so they are counted here too. */
const strays: unknown[] = [];
process.on('uncaughtException', (error) => strays.push(error));
process.on('unhandledRejection', (error) => strays.push(error));

interface Options {
  readonly limits?: Partial<Limits>;
  readonly env?: Environment;
  readonly isDemo?: boolean;
  /** One more node on the database, and with the keys, of this server. */
  readonly beside?: { readonly databaseUrl: string; readonly dataDir: string };
}

export const newServer = async (t: TestContext, { limits = {}, env = {}, isDemo = false, beside }: Options = {}) => {
  const dataDir = beside?.dataDir ?? mkdtempSync(join(tmpdir(), 'claimroom-server-'));
  const databaseUrl = beside?.databaseUrl ?? (await newDatabase(t));
  const raised = limitNames.flatMap((name) =>
    limits[name] === undefined ? [] : [[variableOf(name), `${limits[name]}`]],
  );
  const config = loadConfig({
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'silent',
    ...Object.fromEntries(raised),
    ...env,
  });
  const errors: string[] = [];
  const log = {
    ...silentLog,
    error: (fields: object, message: string) => void errors.push(`${message} ${JSON.stringify(fields)}`),
  };
  const server = await start({ ...config, isDemo }, log);
  // One connection: what a test asks comes in order, and a transaction it begins is one.
  const owner = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  owner.on('error', () => {});
  let stopped: Promise<boolean> | undefined;
  const stop = () => (stopped ??= jobsAreDone(owner).then(() => server.stop()));
  t.after(async () => {
    await stop();
    await owner.end();
    rmSync(dataDir, { recursive: true, force: true });
    assert.deepEqual(strays.splice(0), [], 'nothing went uncaught');
  });
  return {
    url: server.url,
    databaseUrl,
    accounts: server.accounts,
    auth: server.auth,
    dataDir,
    limits: config.limits,
    /** What it logged as its own fault. */
    errors,
    /** Before the test ends; otherwise it stops by itself. */
    stop,
    /** As the owner of the database, who may do and see anything. */
    sql: async <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
      (await owner.query<Row & pg.QueryResultRow>(text, [...values])).rows,
  };
};
/** What a test set going ends with it. */
const jobsAreDone = async (owner: pg.Pool) => {
  for (const late = Date.now() + 5_000; Date.now() < late; ) {
    const { rows } = await owner.query<{ left: number }>(
      'select count(*)::int as left from graphile_worker._private_jobs',
    );
    if (rows[0]!.left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
export type TestServer = Awaited<ReturnType<typeof newServer>>;

export interface Who {
  readonly roles?: readonly string[];
  readonly customerId?: string;
  readonly agentId?: string;
  readonly limits?: { readonly reserve: number; readonly payment: number };
  readonly password?: string;
}

/** Somebody with an account, signed in over HTTP. Agents and customers get a record of their own unless one is named. */
export const newPerson = async (server: TestServer, who: Who = {}) => {
  const { roles = ['customer'], limits = { reserve: 0, payment: 0 }, password: secret = password } = who;
  const customerId = who.customerId ?? (roles.includes('customer') ? randomUUIDv7() : undefined);
  const agentId = who.agentId ?? (roles.includes('agent') ? randomUUIDv7() : undefined);
  const email = `${randomUUID()}@example.test`;
  const created = await server.accounts.create({
    email,
    password: secret,
    displayName: roles.join(' and '),
    roles: [...roles],
    limits,
    ...(customerId && { customerId }),
    ...(agentId && { agentId }),
  });
  assert.ok(created.ok);
  const signIn = () => post(server, '/api/auth/login', { email, password: secret, client: 'api' });
  const { status, json } = await signIn();
  assert.equal(status, 200);
  const token = json.accessToken as string;
  const headers = { authorization: `Bearer ${token}` };
  return {
    id: created.id,
    email,
    /** Out of the token: which of their devices this is. */
    sessionId: JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()).sid as string,
    customerId: customerId ?? '',
    agentId: agentId ?? '',
    token,
    refreshToken: json.refreshToken as string,
    signIn,
    get: (path: string) => get(server, path, headers),
    post: (path: string, body: unknown, more: Record<string, string> = {}) =>
      post(server, path, body, { ...headers, ...more }),
  };
};
export type Person = Awaited<ReturnType<typeof newPerson>>;

// `any`: a test says itself what it expects of an answer
const answered = async (response: Response): Promise<{ status: number; json: any }> => {
  const text = await response.text();
  return { status: response.status, json: text === '' ? undefined : JSON.parse(text) };
};
export const get = async (server: TestServer, path: string, headers: Record<string, string> = {}) =>
  answered(await fetch(server.url + path, { headers }));
export const post = async (server: TestServer, path: string, body: unknown, headers: Record<string, string> = {}) =>
  answered(
    await fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );
