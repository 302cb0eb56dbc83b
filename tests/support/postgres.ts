/**
 * Fresh, migrated databases for tests: `const url = await newDatabase(t)`. The cluster is the one `npm test` has
 * started, or, when a test file is run by hand, one of its own.
 */
import { randomUUID } from 'node:crypto';
import { after } from 'node:test';
import pg from 'pg';
import { migrate } from '../../src/store/migrate.ts';
import { type TestCluster, testCluster } from './test-cluster.ts';

interface TestContext {
  after(release: () => void): void;
}

const template = 'claimroom_template';
const unfinished = `${template}_unfinished`;

let ownCluster: Promise<TestCluster> | undefined;
let templateMade: Promise<void> | undefined;
const finished: string[] = [];

export const newDatabase = async (t: TestContext): Promise<string> => {
  const cluster = await clusterUrl();
  templateMade ??= makeTemplate(cluster);
  await templateMade;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await query(cluster, `create database ${name} template ${template}`);
  // Dropped when the file is done: hooks run in the order they were registered, so the test's own clients are still open.
  t.after(() => void finished.push(name));
  return databaseUrl(cluster, name);
};

/** The superuser's address of the cluster that tests share. */
export const clusterUrl = async (): Promise<string> => {
  if (process.env.TEST_POSTGRES_URL) return process.env.TEST_POSTGRES_URL;
  ownCluster ??= testCluster();
  return (await ownCluster).url;
};

after(async () => {
  const cluster = await ownCluster;
  if (cluster) return cluster.stop();
  // One that is still in use is left to the end of the run.
  for (const name of finished) await query(await clusterUrl(), `drop database ${name}`).catch(() => undefined);
});

const databaseUrl = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

const query = async (url: string, statement: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

// Test files are processes of their own: the first one migrates, the others wait for it.
const makeTemplate = async (cluster: string) => {
  const client = new pg.Client({ connectionString: cluster });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('${template}'))`);
    const { rowCount } = await client.query(`select 1 from pg_database where datname = '${template}'`);
    if (rowCount) return;
    await client.query(`drop database if exists ${unfinished}`);
    await client.query(`create database ${unfinished}`);
    await migrate(databaseUrl(cluster, unfinished));
    await client.query(`alter database ${unfinished} rename to ${template}`);
  } finally {
    await client.end();
  }
};
