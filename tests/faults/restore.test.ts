/** The drill: a backup is taken under load, the database is lost with its disk, and what was archived is brought back elsewhere. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { chownSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { restoreBackup } from '../../scripts/backup/restore.ts';
import { takeBackup } from '../../scripts/backup/take.ts';
import { compose } from '../deploy/files.ts';
import { newDataDir, query, start } from '../support/embedded.ts';
import { newFolder } from './folder.ts';
import { eventsById } from './figures.ts';
import { ackedIsThere, decidedOnTruth, epochsRise, headsAgree, noGaps, nothingUnasked } from './invariants.ts';
import { readJournal } from './journal.ts';
import { replayed } from './replayed.ts';
import { newServer } from './server-process.ts';
import { newTrial } from './trial.ts';
import { until } from './until.ts';

/** The very command of docker-compose.yml, with another folder. */
const archiveInto = (folder: string): string => {
  const written = compose().services['postgres']!.command!.find((part) => part.startsWith('-carchive_command='))!;
  return written.slice('-carchive_command='.length).replace(/d=\S+/, `d=${folder}`).replaceAll('$$', '$');
};

test('a database lost with its disk comes back from backup and archive with everything acked before the last archived WAL, and works on', async (t) => {
  const folder = newFolder(t);
  const archive = join(folder, 'archive');
  const trial = await newTrial(t, {
    watchers: 10,
    postgresSettings: { archive_mode: 'on', archive_command: archiveInto(archive) },
  });
  const { load, ledger, databaseUrl } = trial;
  const postgres = trial.postgres!;
  mkdirSync(archive);
  // The archive belongs to whom Postgres runs as.
  const { uid, gid } = statSync(join(postgres.dataDir, 'postgres'));
  chownSync(archive, uid, gid);

  load.start();
  await trial.acked(300);
  const taken = await takeBackup(databaseUrl, postgres.dataDir, join(folder, 'backup'));
  await trial.acked(1_000);
  const mark = performance.now();
  const [switched] = await query<{ wal: string }>(databaseUrl, 'select pg_walfile_name(pg_switch_wal()) as wal');
  await until('that WAL is archived', async () => {
    const [last] = await query<{ wal: string }>(
      databaseUrl,
      `select coalesce(max(last_archived_wal), '') as wal from pg_stat_archiver where last_archived_wal ~ '^[0-9A-F]{24}$'`,
    );
    return last!.wal >= switched!.wal;
  });
  await trial.acked(200);
  load.stop();
  await trial.server.kill9();
  await postgres.kill9();

  const since = performance.now();
  const dataDir = newDataDir(t);
  await restoreBackup(join(folder, 'backup'), dataDir, { archive });
  const copied = performance.now();
  const restored = await start(dataDir);
  const recovered = performance.now();
  const server = await newServer(t, { dataDir: trial.dataDir, databaseUrl: restored.url, nodeId: 'after' });
  await server.start();
  const serving = performance.now();

  const lines = [...ledger.lines.values()];
  const journal = await readJournal(restored.url);
  const byId = eventsById(journal);
  const acked = lines.filter(({ answer }) => answer?.ok);
  const before = acked.filter(({ answeredAt }) => answeredAt! <= mark);
  const asked = Map.groupBy(
    lines.map(({ id, by, name, input }) => ({ id, by: by.caller, name, input })),
    ({ id }) => id,
  );
  const states = new Map([...journal.events].map(([room, events]) => [room, replayed(room, events, asked)]));
  const faults = [
    ...ackedIsThere({ lines: before, journal }),
    ...noGaps({ journal }),
    ...epochsRise({ journal }),
    ...headsAgree({ journal }),
    ...nothingUnasked({ lines, journal, states }),
    ...decidedOnTruth({ states }),
  ];
  assert.deepEqual(faults, []);
  const [lists] = await query<{ claims: number }>(restored.url, 'select count(*)::int as claims from claims');
  assert.equal(lists!.claims, load.rooms.length);

  // It is not a museum: people go on where they were.
  const { person } = load.supervisors[0]!;
  const path = `/api/claims/${load.rooms[0]!.slice('claim/'.length)}`;
  const headers = { authorization: `Bearer ${await person.token()}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ id: randomUUIDv7(), text: 'After the restore.' });
  const noted = await fetch(`${server.url}${path}/commands/addNote`, { method: 'POST', headers, body });
  assert.equal(noted.status, 200, await noted.clone().text());

  const lost = acked.filter(({ id }) => !byId.has(id));
  const lostMs = lost.length === 0 ? 0 : Math.max(...lost.map(({ answeredAt }) => answeredAt!)) - mark;
  const events = [...journal.events.values()].reduce((sum, { length }) => sum + length, 0);
  t.diagnostic(
    `backup: ${(taken.bytes / 1e6).toFixed(1)} MB in ${taken.ms} ms under load; acked before the last archived WAL ${before.length}, of them lost 0; ` +
      `acked after it ${acked.length - before.length}, of them lost ${lost.length} (${Math.round(lostMs)} ms); ` +
      `restored ${events} events: copied ${Math.round(copied - since)} ms, recovered ${Math.round(recovered - copied)} ms, serving ${Math.round(serving - recovered)} ms`,
  );
});

test('a copy that was not finished is not restored, nor one over a database that is there', async (t) => {
  const folder = newFolder(t);
  mkdirSync(join(folder, 'half', 'postgres'), { recursive: true });
  await assert.rejects(restoreBackup(join(folder, 'half'), join(folder, 'new')), /holds no finished backup/);
  mkdirSync(join(folder, 'old', 'postgres'), { recursive: true });
  await assert.rejects(restoreBackup(join(folder, 'half'), join(folder, 'old')), /is there already/);
});
