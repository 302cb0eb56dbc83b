/** An empty database for the tests of the migrations themselves; everybody else wants `newDatabase`. */
import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import pg from 'pg';
import { clusterUrl } from './postgres.ts';

export const connect = async (t: TestContext, url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  // Hooks run in the order they were made, so a database may be dropped, by force, before its clients have gone.
  client.on('error', () => {});
  await client.connect();
  t.after(() => client.end());
  return client;
};

/** With an `owner`, a role without superuser's rights is made for it, as on a managed server. */
export const blankDatabase = async (t: TestContext, { owner }: { readonly owner?: string } = {}): Promise<string> => {
  const url = new URL(await clusterUrl());
  const cluster = new pg.Client({ connectionString: url.href });
  await cluster.connect();
  const name = `blank_${randomUUID().replaceAll('-', '')}`;
  const login = owner && `${owner}_${name.slice(-8)}`;
  if (login) await cluster.query(`create role ${login} login createrole password 'secret'`);
  await cluster.query(`create database ${name} ${login ? `owner ${login}` : ''}`);
  t.after(async () => {
    await cluster.query(`drop database ${name} with (force)`);
    if (login) await cluster.query(`drop owned by ${login}; drop role ${login}`).catch(() => {});
    await cluster.end();
  });
  url.pathname = `/${name}`;
  if (login) Object.assign(url, { username: login, password: 'secret' });
  return url.href;
};
