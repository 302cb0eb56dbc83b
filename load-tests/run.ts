/** `npm run load -- dashboard`: plays a scenario against each system in turn, several rounds, and lays the figures side by side. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { usageOf, type Wish, wishOf } from './arguments.ts';
import { stopAll } from './children.ts';
import { machine } from './machine.ts';
import { aimLine, tableOf } from './report.ts';
import { scenarios } from './scenarios/index.ts';
import { systems } from './systems/index.ts';
import type { Prepared, System } from './systems/system.ts';

interface Contestant {
  readonly system: System;
  readonly prepared: Prepared;
  readonly rounds: unknown[];
}
const contestants: Contestant[] = [];

const clear = async () => {
  await stopAll();
  for (const { prepared } of contestants.splice(0)) await prepared.clear();
};

const main = async (): Promise<number> => {
  const known = { scenarios, systems: Object.keys(systems) };
  const wish = wishOf(process.argv.slice(2), known);
  if (typeof wish === 'string') {
    console.error(`${wish}\n${usageOf(known)}`);
    return 2;
  }
  await play(wish);
  return 0;
};

const play = async ({ scenario, systems: names, numbers, jsonFile, isSlowDisk }: Wish) => {
  const here = machine();
  console.log(
    `${scenario.name}: ${scenario.summary(numbers)}; rounds: ${numbers.rounds}${isSlowDisk ? ', slow disk' : ''}`,
  );
  console.log(
    `${here.cpu}, ${here.cores} cores, ${here.memory_mb} MB, Node ${here.node}, ${here.postgres ?? 'no Postgres'}, disk p50 ${here.disk_ms.p50} p99 ${here.disk_ms.p99} ms; clients and database on the same machine`,
  );
  console.log('Every round starts the server afresh on the same database; the systems take turns.');
  for (const name of names) {
    const system = systems[name]!;
    const prepared = await system.prepare({ ...scenario.needs(numbers), isSlowDisk });
    const contestant = { system, prepared, rounds: [] };
    contestants.push(contestant);
    const settings = Object.entries(prepared.settings).map(([setting, value]) => `${setting}=${value}`);
    console.log(`${system.name} runs with ${settings.join(' ') || 'its defaults'}`);
    if (!scenario.fill) continue;
    const startedAt = performance.now();
    const filled = await scenario.fill(prepared, numbers);
    contestants[contestants.indexOf(contestant)] = { ...contestant, prepared: filled };
    console.log(`${system.name} was filled in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
  }
  for (let round = 1; round <= numbers.rounds; round++) {
    for (const { system, prepared, rounds } of contestants) {
      // The same seed for all: each system gets the very same commands at the very same moments.
      const figures = await scenario.round(prepared, { ...numbers, seed: numbers.seed + round });
      rounds.push(figures);
      console.log(`round ${round} ${system.name}: ${scenario.told(figures)}`);
    }
  }
  const columns = contestants.map(({ system: { name, isDurable: durable, ackMeans }, rounds }) => ({
    system: name,
    durable,
    ackMeans,
    rows: scenario.rows(rounds),
  }));
  const aims = scenario.aims(contestants.map(({ system, rounds }) => ({ system: system.name, rounds })));
  console.log(
    `\n${tableOf(columns)}\n\nms; medians of ${numbers.rounds} rounds (least…greatest); loop delays include the sampling interval of 2 ms`,
  );
  for (const aim of aims) console.log(aimLine(aim));
  if (jsonFile === null) return;
  mkdirSync(dirname(jsonFile), { recursive: true });
  const results = contestants.map(({ system, prepared, rounds }) => ({
    system: system.name,
    durable: system.isDurable,
    ack_means: system.ackMeans,
    rounds: rounds.length,
    ...scenario.figures(rounds),
    limits: prepared.settings,
    detail: rounds,
  }));
  const { seconds, processes } = numbers;
  const only = contestants[0];
  const file = {
    machine: here,
    scenario: scenario.name,
    seconds,
    slow_disk: isSlowDisk,
    client_processes: processes,
    results: scenario.results && only ? scenario.results(only.rounds) : results,
    aims,
  };
  writeFileSync(jsonFile, `${JSON.stringify(file, null, 2)}\n`);
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
