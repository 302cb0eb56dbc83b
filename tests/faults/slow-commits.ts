/** Commits that take ten milliseconds, as on a slow disk: whenever something is killed, a batch is on its way. */
import pg from 'pg';

const settings = { commit_delay: '10000', commit_siblings: '0' };

/** For the embedded Postgres of a server. */
export const slowCommits = Object.entries(settings)
  .map((setting) => setting.join('='))
  .join();

/** For a database that is there already. New connections have it, also after Postgres was started anew. */
export const slowDown = async (databaseUrl: string) => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const name = client.escapeIdentifier(new URL(databaseUrl).pathname.slice(1));
    for (const [setting, value] of Object.entries(settings))
      await client.query(`alter database ${name} set ${setting} = ${value}`);
  } finally {
    await client.end();
  }
};
