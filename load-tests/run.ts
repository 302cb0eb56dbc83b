/** `npm run load -- dashboard`: plays a scenario against each system in turn, several rounds, and lays the figures side by side. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { usage, type Wish, wishOf } from './arguments.ts';
import { stopAll } from './children.ts';
import { machine } from './machine.ts';
import { resultOf, tableOf } from './report.ts';
import { playRound, type Round } from './round.ts';
import { scenarios } from './scenarios/index.ts';
import type { Scenario } from './scenario.ts';
import { systems } from './systems/index.ts';
import type { Prepared, System } from './systems/system.ts';

interface Contestant {
  readonly system: System;
  readonly prepared: Prepared;
  readonly rounds: Round[];
}
const contestants: Contestant[] = [];

const clear = async () => {
  await stopAll();
  for (const { prepared } of contestants.splice(0)) await prepared.clear();
};

const main = async (): Promise<number> => {
  const wish = wishOf(process.argv.slice(2));
  const scenario = typeof wish === 'string' ? undefined : scenarios[wish.scenario];
  if (typeof wish === 'string' || !scenario) {
    console.error(
      typeof wish === 'string'
        ? wish
        : `There is no scenario ${wish.scenario}; there are ${Object.keys(scenarios).join(', ')}.`,
    );
    console.error(usage);
    return 2;
  }
  const names = wish.systems ?? scenario.systems;
  const unknown = names.filter((name) => !Object.hasOwn(systems, name));
  if (unknown.length > 0) {
    console.error(`There is no system ${unknown.join(', ')}; there are ${Object.keys(systems).join(', ')}.`);
    return 2;
  }
  await play(
    scenario,
    names.map((name) => systems[name]!),
    wish,
  );
  return 0;
};

const play = async (scenario: Scenario, chosen: readonly System[], wish: Wish) => {
  const { rate, seconds, warmupSeconds, seed, rounds, processes, isSlowDisk } = wish;
  const here = machine();
  console.log(
    `${scenario.name}: ${scenario.summary}; ${rate} commands/s for ${seconds} s, ${rounds} rounds${isSlowDisk ? ', slow disk' : ''}`,
  );
  console.log(
    `${here.cpu}, ${here.cores} cores, ${here.memory_mb} MB, Node ${here.node}, ${here.postgres ?? 'no Postgres'}; clients and database on the same machine`,
  );
  console.log('Every round starts the server afresh on the same database; the systems take turns.');
  for (const system of chosen) {
    const prepared = await system.prepare({ agents: scenario.agents, claims: scenario.claims, isSlowDisk });
    contestants.push({ system, prepared, rounds: [] });
    const settings = Object.entries(prepared.settings).map(([name, value]) => `${name}=${value}`);
    console.log(`${system.name} runs with ${settings.join(' ') || 'its defaults'}`);
  }
  for (let round = 1; round <= rounds; round++) {
    for (const { system, prepared, rounds: played } of contestants) {
      // The same seed for all: each system gets the very same commands at the very same moments.
      const figures = await playRound(
        scenario,
        prepared,
        { rate, seconds, warmupSeconds, seed: seed + round },
        processes,
      );
      played.push(figures);
      const { seen_ms: seen, errors } = figures;
      console.log(
        `round ${round} ${system.name}: seen p50 ${seen.p50} p99 ${seen.p99} ms, errors ${JSON.stringify(errors)}`,
      );
    }
  }
  const results = contestants.map(({ system, prepared, rounds: played }) =>
    resultOf({ system: system.name, durable: system.isDurable, rate, limits: prepared.settings, rounds: played }),
  );
  console.log(
    `\n${tableOf(results)}\n\nms; medians of ${rounds} rounds (least…greatest); loop delays include the sampling interval of 2 ms`,
  );
  for (const said of scenario.judge(results)) console.log(said);
  if (wish.jsonFile !== null) {
    mkdirSync(dirname(wish.jsonFile), { recursive: true });
    const file = {
      machine: here,
      scenario: scenario.name,
      seconds,
      slow_disk: isSlowDisk,
      client_processes: processes,
      results,
    };
    writeFileSync(wish.jsonFile, `${JSON.stringify(file, null, 2)}\n`);
  }
};

let isEnding = false;
const end = async (code: number) => {
  if (isEnding) return;
  isEnding = true;
  await clear();
  process.exit(code);
};
process.on('SIGINT', () => void end(130));
process.on('SIGTERM', () => void end(143));
main().then(end, (error: unknown) => {
  if (!isEnding) console.error(error instanceof Error ? error.message : error);
  return end(1);
});
