/**
 * A database that has been at work for a while writes over the files of its log that it no longer needs. A fresh one has to make
 * each of them, 16 MB of noughts, and everybody waits 30 to 60 ms for it: every three seconds at 2,000 notes a second.
 */
import pg from 'pg';

/** 1 GB. At 2,000 notes a second 16 MB last three seconds, so a note is some 2.7 kB, and a round of `ramp` some 250,000 of them. */
const files = 64;

export const wearWal = async (databaseUrl: string) => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (let file = 0; file < files; file++) {
      await client.query(`select pg_logical_emit_message(false, 'worn', ''), pg_switch_wal()`);
    }
    // From here on those files are there to be written over.
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
};
