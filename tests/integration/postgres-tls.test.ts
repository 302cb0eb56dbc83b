/** A database that is only reached by TLS: every connection of a server says so, and one whose certificate is a stranger's is refused. */
import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';
import { newCertificates, withoutOpenssl } from '../support/certificates.ts';
import { newDataDir } from '../support/embedded.ts';
import { newServer } from '../support/server.ts';
import { silentLog as log } from '../support/silent-log.ts';

test('all of a server’s connections are encrypted, and to the right server', { skip: withoutOpenssl }, async (t) => {
  const [files, strange] = [newCertificates(t), newCertificates(t)];
  const dataDir = newDataDir(t);
  const first = await startEmbeddedPostgres({ dataDir, log });
  await first.stop();
  // It reads its key as the user it runs as, and only if nobody else may.
  const { uid, gid } = statSync(join(dataDir, 'postgres'));
  chownSync(files.key, uid, gid);
  chmodSync(files.key, 0o600);
  const settings = { ssl: 'on', ssl_cert_file: files.cert, ssl_key_file: files.key };
  const postgres = await startEmbeddedPostgres({ dataDir, log, settings });

  const by = (ca: string) => `${postgres.url}?sslmode=verify-full&sslrootcert=${ca}`;
  const keys = mkdtempSync(join(tmpdir(), 'claimroom-keys-'));
  t.after(() => rmSync(keys, { recursive: true, force: true }));
  await assert.rejects(
    newServer(t, { beside: { databaseUrl: by(strange.ca), dataDir: keys } }),
    /certificate|signature/i,
  );

  const server = await newServer(t, { beside: { databaseUrl: by(files.ca), dataDir: keys } });
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
  const connections = await server.sql<{ name: string; ssl: boolean }>(
    `select application_name as name, ssl from pg_stat_ssl join pg_stat_activity using (pid)
      where application_name like 'claimroom%'`,
  );
  assert.ok(connections.length >= 4, JSON.stringify(connections));
  assert.deepEqual(
    connections.filter(({ ssl }) => !ssl),
    [],
  );
  // While its database is there.
  await server.stop();
});
