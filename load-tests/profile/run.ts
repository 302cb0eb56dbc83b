/** `npm run profile`: what one command costs the server, in processor time and in memory, function by function. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stopAll } from '../children.ts';
import { machine } from '../machine.ts';
import { openStage } from '../stage.ts';
import { systems } from '../systems/index.ts';
import { works } from '../work/index.ts';
import { flame } from './flame.ts';
import { recordAllocations, recordCpu } from './recording.ts';
import { allocationTree, type Cost, cpuTree, dearest } from './tree.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '15' },
    system: { type: 'string', default: 'claimroom' },
    work: { type: 'string', default: 'department' },
    out: { type: 'string', default: 'load-tests/results/profile' },
  },
});
const rate = Number(values.rate);
const seconds = Number(values.seconds);
const system = systems[values.system];
const work = works[values.work];
const warmupSeconds = 3;
const shown = 25;

const main = async () => {
  if (!system || !work || !(rate > 0) || !(seconds > 0))
    throw new Error('Usage: npm run profile -- [--rate N] [--seconds N] [--system NAME] [--work NAME] [--out DIR]');
  const here = machine();
  console.log(
    `${here.cpu}, ${here.cores} cores, Node ${here.node}; ${rate} commands/s of ${work.name} for ${seconds} s`,
  );
  const prepared = await system.prepare({
    agents: work.agents,
    claims: work.claims,
    limits: { LIMIT_COMMANDS_PER_SECOND_MAX: '2000' },
    isSlowDisk: false,
  });
  mkdirSync(values.out, { recursive: true });
  try {
    const stage = await openStage({ prepared, work, crowd: 'raw', processes: 1, isInspected: true });
    try {
      await stage.play({ rate, seconds: 5, warmupSeconds, seed: 1 });
      const stopCpu = await recordCpu(stage.server.inspectPort);
      const played = await stage.play({ rate, seconds, warmupSeconds, seed: 2 });
      const cpu = cpuTree(await stopCpu());
      const stopAllocations = await recordAllocations(stage.server.inspectPort);
      await stage.play({ rate, seconds, warmupSeconds, seed: 3 });
      const allocations = allocationTree(await stopAllocations());
      // Both recordings hold the warm-up as well.
      const commands = rate * (seconds + warmupSeconds);
      console.log(
        `server busy ${played.server_cpu_percent} % of a core, seen p50 ${played.seen_ms.p50} p99 ${played.seen_ms.p99} ms`,
      );
      tell(cpu, commands, 'µs', 1);
      tell(allocations, commands, 'bytes', 1);
      const title = (what: string) => `${system.name}: ${what}, ${rate} commands/s, ${here.cpu}`;
      writeFileSync(
        join(values.out, 'cpu.svg'),
        flame(cpu, title(`${Math.round(cpu.total / commands)} µs of processor time per command`)),
      );
      writeFileSync(
        join(values.out, 'allocations.svg'),
        flame(allocations, title(`${Math.round(allocations.total / commands)} bytes allocated per command`)),
      );
      console.log(`pictures in ${values.out}`);
    } finally {
      await stage.close();
    }
  } finally {
    await prepared.clear();
  }
};

const tell = (root: Cost, commands: number, unit: string, digits: number) => {
  console.log(`\n${(root.total / commands).toFixed(digits)} ${unit} per command, of which`);
  for (const { name, self } of dearest(root, shown))
    console.log(
      `${(self / commands).toFixed(digits).padStart(9)}  ${((self / root.total) * 100).toFixed(1).padStart(4)} %  ${name}`,
    );
};

const end = async (code: number) => {
  await stopAll();
  process.exit(code);
};
process.on('SIGINT', () => void end(130));
main().then(
  () => end(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return end(1);
  },
);
