/** The command line: start | demo | migrate. `bin/claimroom.mjs` calls it after checking the version of Node. */
import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { type Config, ConfigError, loadConfig } from './config.ts';
import { openDatabase } from './database.ts';
import { demoGreeting, fillDemo } from './demo/demo.ts';
import { seedLoad } from './demo/seed-load.ts';
import { createLog } from './log.ts';
import { type Server, start } from './main.ts';
import type { Log } from './runtime/ports.ts';

const usage = `Usage: claimroom <command>
  start     run the server
  demo      run it on this machine only, with a few people and claims to play with
  migrate   bring the database up to date and exit`;

export const cli = async (args: readonly string[]): Promise<void> => {
  const [command, ...rest] = args;
  if (existsSync('.env')) loadEnvFile('.env');
  try {
    const config = loadConfig(process.env);
    // The demo talks to a person: one greeting, and otherwise only what went wrong.
    const isQuiet = command === 'demo' && !process.env['LOG_LEVEL'];
    const log = createLog(isQuiet ? 'warn' : config.logLevel);
    if (command === 'start') await run(config, log);
    else if (command === 'demo') await demo(config, log);
    else if (command === 'migrate') await migrateOnly(config, log);
    else if (command === 'seed-load') await seedLoad(config, log, rest);
    else {
      console.error(usage);
      process.exitCode = 2;
    }
  } catch (error) {
    console.error(error instanceof ConfigError ? error.message : error);
    process.exit(1);
  }
};

const run = async (config: Config, log: Log) => {
  const server = await start(config, log);
  stopOnSignal(server, log);
  log.info({ url: server.url }, 'claimroom is listening');
  return server;
};

const migrateOnly = async (config: Config, log: Log) => {
  const database = await openDatabase(config, log);
  if (!database.isAdopted) await database.close();
};

/** Prints logins, so it keeps to this machine unless told otherwise. */
const demo = async (config: Config, log: Log) => {
  const host = process.env['HOST'] ? config.host : '127.0.0.1';
  const server = await run({ ...config, host, isDemo: true }, log);
  await fillDemo(server);
  console.log(demoGreeting(server.url));
};

const stopOnSignal = (server: Server, log: Log) => {
  let isStopping = false;
  const stop = (why: string, code: number) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ why }, 'stopping: finishing what is under way');
    server.stop().then(
      (isClean) => {
        log.info({ isClean }, 'stopped');
        process.exit(code);
      },
      (error: unknown) => {
        log.error({ error: String(error) }, 'stopped with an error');
        process.exit(1);
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
