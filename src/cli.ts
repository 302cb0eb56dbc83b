/** The command line: start | demo | migrate | user | verify | audit | rebuild | keys. `bin/claimroom.mjs` calls it after checking the version of Node. */
import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { systemClock } from './clock.ts';
import { keys } from './auth/keys-command.ts';
import { user } from './admin/user-command.ts';
import { forgetOnly, verifyOnly } from './audit/command-line.ts';
import { type Config, ConfigError, loadConfig } from './config.ts';
import { openDatabase } from './database.ts';
import { demoGreeting, fillDemo } from './demo/demo.ts';
import { startPlayer } from './demo/player/player.ts';
import { seedLoad } from './demo/seed-load.ts';
import { createLog, type ProcessLog } from './log.ts';
import { type Foundations, type Server, start } from './main.ts';
import { createReports, type Reports } from './reports/reports.ts';
import { startRebuilding } from './rebuilding.ts';
import { verifyBoards } from './verify-boards.ts';
import type { Log } from './runtime/ports.ts';
import { appUrl } from './store/app-url.ts';
import { createOrm } from './store/orm.ts';

const usage = `Usage: claimroom <command>
  start     run the server
  demo      run it on this machine only, with a few people and claims to play with
  migrate   bring the database up to date and exit
  user      add <e-mail> --name <name> --role <role> | disable <e-mail> | reset <e-mail>
  verify audit [--anchor <month:number:hash>]
            read the whole audit and say whether it is as it was written
  audit forget
            let go of the audit of months past AUDIT_RETENTION_MONTHS
  keys      rotate [--now] | list: the keys that sign access tokens, also beside a running server
  rebuild   write the lists and deadlines of all rooms anew, also beside a running server
  verify boards [url]
            count what the boards of a running server show anew, and compare`;

export const cli = async (args: readonly string[]): Promise<void> => {
  const [command, ...rest] = args;
  if (existsSync('.env')) loadEnvFile('.env');
  try {
    const config = loadConfig(process.env);
    // All but the server talk to a person: what they have to say, and otherwise only what went wrong.
    const isQuiet = command !== 'start' && !process.env['LOG_LEVEL'];
    const log = createLog(isQuiet ? 'warn' : config.logLevel);
    if (command === 'start') await run(config, log);
    else if (command === 'demo') await demo(config, log);
    else if (command === 'migrate') await migrateOnly(config, log);
    else if (command === 'keys') await keys(config, log, rest);
    else if (command === 'rebuild') await rebuildOnly(config, log);
    else if (command === 'verify' && rest[0] === 'boards') await verifyBoards(config, rest[1]);
    else if (command === 'user') await user(config, log, rest);
    else if (command === 'verify' && rest[0] === 'audit') await verifyOnly(config, log, rest.slice(1));
    else if (command === 'audit' && rest[0] === 'forget') await forgetOnly(config, log);
    else if (command === 'seed-load') await seedLoad(config, log, rest);
    else {
      console.error(usage);
      process.exitCode = 2;
    }
  } catch (error) {
    console.error(inWords(error));
    process.exit(1);
  }
};

/** What whoever starts it can mend is said in a sentence; anything else with all there is to know. */
const inWords = (error: unknown): unknown => {
  if (error instanceof ConfigError) return error.message;
  const { code, port } = Object(error) as { code?: unknown; port?: unknown };
  return code === 'EADDRINUSE'
    ? `Port ${String(port)} is in use by something else. Choose another: PORT=3001, for example.`
    : error;
};

const run = async (config: Config, processLog: Log) => {
  const { sentryDsn: dsn, nodeId: node, mode: environment, limits } = config;
  const reports = dsn && createReports({ dsn, node, environment, clock: systemClock, limits });
  const log = reports?.watch(processLog) ?? processLog;
  const server = await start(config, log);
  stopOnSignal(server, log, reports);
  log.info({ url: server.url }, 'claimroom is listening');
  // To the terminal of whoever starts it, not into the log.
  if (server.setupToken !== null)
    console.log(
      `There is no administrator yet. To make one: POST ${server.url}/api/auth/setup with the token ${server.setupToken}`,
    );
};

const migrateOnly = async (config: Config, log: Log) => {
  const database = await openDatabase(config, log);
  if (!database.isAdopted) await database.close();
  console.log('The database is up to date.');
};

const rebuildOnly = async (config: Config, log: Log) => {
  const database = await openDatabase(config, log);
  const databaseUrl = appUrl(database.url);
  const orm = await createOrm(databaseUrl, { poolMax: config.limits.ormPoolMax, log });
  try {
    const onProgress = (kind: string, rooms: number) => console.log(`${kind}: ${rooms} rooms`);
    const rooms = await startRebuilding({ databaseUrl, orm, log, limits: config.limits, isForced: true, onProgress })
      .done;
    console.log(rooms === null ? 'Another process is at it already.' : `${rooms} rooms were written anew.`);
  } finally {
    await orm.close();
    if (!database.isAdopted) await database.close();
  }
};

/** One account of the demo may send what a replay of fifty rows a second takes: some 700 commands a second. */
const replayFactor = 10;

/** Prints logins, so it keeps to this machine unless told otherwise. */
const demo = async (config: Config, log: ProcessLog) => {
  const host = process.env['HOST'] ? config.host : '127.0.0.1';
  const limits = { ...config.limits, rateFactorPerAccount: Math.max(replayFactor, config.limits.rateFactorPerAccount) };
  const server = await start({ ...config, limits, host, isDemo: true }, log, { before: filled });
  console.log(demoGreeting(server.url));
  const player = config.isDemoPlayed
    ? startPlayer({ url: server.url, limits: config.limits, log, say: console.log })
    : undefined;
  if (player) console.log('Its people are at work: claims move by themselves. DEMO_PLAYER=off keeps them still.\n');
  // Who works there goes first: a server that drains would only turn them away.
  const stop = async () => {
    await player?.stop();
    return server.stop();
  };
  stopOnSignal({ stop }, log);
};

/** Takes some seconds the first time. Ctrl+C ends it, and the next start goes on from there. */
const filled = async (made: Foundations) => {
  const ending = new AbortController();
  const end = () => ending.abort(new Error('stopped while filling the demo; the next start goes on from there'));
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const name of signals) process.on(name, end);
  try {
    await fillDemo({ ...made, signal: ending.signal }, console.log);
  } finally {
    for (const name of signals) process.off(name, end);
  }
};

const stopOnSignal = (server: Pick<Server, 'stop'>, log: Log, reports?: Reports) => {
  let isStopping = false;
  const stop = (why: string, code: number) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ why }, 'stopping: finishing what is under way');
    const exit = (exitCode: number) => void (reports?.flush() ?? Promise.resolve()).then(() => process.exit(exitCode));
    server.stop().then(
      (isClean) => {
        log.info({ isClean }, 'stopped');
        exit(code);
      },
      (error: unknown) => {
        log.error({ error: String(error) }, 'stopped with an error');
        exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM', 0));
  process.on('SIGINT', () => stop('SIGINT', 0));
  process.on('uncaughtException', (error) => {
    log.error({ error: error.stack ?? String(error) }, 'uncaught: this process can no longer be trusted');
    stop('uncaught exception', 1);
  });
};
