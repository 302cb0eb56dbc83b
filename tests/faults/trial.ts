/** One run: a server under load with people watching, something done to it by the test, and the verdict on what came of it. */
import type { TestContext } from 'node:test';
import { start } from '../support/embedded.ts';
import { check, type Verdict } from './checker.ts';
import { newFolder } from './folder.ts';
import { readJournal } from './journal.ts';
import { createLedger } from './ledger.ts';
import { newPeople } from './people.ts';
import { newPostgres, newPostgresFolder } from './postgres-process.ts';
import { newServer } from './server-process.ts';
import type { Fault } from './server.ts';
import { slowDown } from './slow-commits.ts';
import { comesTrue, until } from './until.ts';
import { newWatchers } from './watchers.ts';
import { newWorkload, type WorkloadOptions } from './workload.ts';

export interface TrialOptions
  extends Partial<Pick<WorkloadOptions, 'claims' | 'perSecond' | 'isNotesOnly' | 'answerMsMax'>> {
  /** The server brings its own Postgres, in its data folder; otherwise there is one that knows nothing of the server. */
  readonly isEmbedded?: boolean;
  readonly watchers?: number;
  /** Of a Postgres that is not the server's own. */
  readonly postgresSettings?: Readonly<Record<string, string>>;
  readonly fault?: Fault | undefined;
}

/** In which watchers must be right again after all is well, without anybody's help. */
const convergeMs = 5_000;

export const newTrial = async (t: TestContext, options: TrialOptions = {}) => {
  const { isEmbedded = false, fault, claims = 50, perSecond = 330, watchers: count = 50, ...rest } = options;
  const postgres = isEmbedded ? null : await newPostgres(t, options.postgresSettings);
  if (postgres) await slowDown(postgres.url);
  const dataDir = isEmbedded ? newPostgresFolder(t) : newFolder(t);
  const server = await newServer(t, { dataDir, databaseUrl: postgres?.url, fault });
  await server.start();
  const databaseUrl = postgres?.url ?? (await start(dataDir)).url;
  const people = await newPeople(databaseUrl, server.url);
  const ledger = createLedger();
  const load = newWorkload({ url: server.url, people, ledger, claims, perSecond, ...rest });
  t.after(load.close);
  await load.open();
  const watchers = await newWatchers(server.url, people, load.rooms, count);
  t.after(watchers.close);

  const more = (what: 'sent' | 'acked', many: number) => {
    const enough = ledger[what] + many;
    return until(`${many} more commands ${what}`, () => ledger[what] >= enough);
  };
  return {
    server,
    dataDir,
    databaseUrl,
    postgres,
    ledger,
    load,
    acked: (many: number) => more('acked', many),
    /** In an open loop this is time: how long an outage lasts. */
    sent: (many: number) => more('sent', many),
    /** Nobody helps them. */
    async watchersAreBack() {
      const since = performance.now();
      await until('all watchers are back', () => watchers.areJoined, convergeMs);
      t.diagnostic(`watchers back after ${Math.round(performance.now() - since)} ms`);
    },
    /** No new commands; the verdict comes when all are answered, or have had their time. */
    async verdict(): Promise<Verdict> {
      load.stop();
      await comesTrue(() => ledger.waiting === 0, 20_000);
      const convergedMs = await watchers.converge(convergeMs);
      // As it stands now: what is acked while the journal is read need not be in it.
      const lines = [...ledger.lines.values()].map((line) => ({ ...line }));
      const verdict = check({
        lines,
        journal: await readJournal(databaseUrl),
        watchings: watchers.watchings,
        convergedMs,
      });
      t.diagnostic(`${fault ?? 'whole'}: ${JSON.stringify(verdict.figures)}`);
      const red = Object.keys(verdict.red);
      if (red.length > 0) t.diagnostic(fault ? `red: ${red.join(', ')}` : `the server said:\n${server.said}`);
      return verdict;
    },
  };
};
export type Trial = Awaited<ReturnType<typeof newTrial>>;
