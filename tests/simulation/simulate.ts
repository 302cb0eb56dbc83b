/**
 * One run from one seed: a cluster of real nodes and real clients, people at work, everything that can go wrong going wrong,
 * then calm, and the verdict. The same seed is the same run, to the last message.
 */
import { limits as clientLimits } from '../../client/limits.ts';
import { assemble } from '../../client/assemble.ts';
import { createMemoryCluster } from '../../src/cluster/memory-cluster.ts';
import { type ClusterEvent, type Meter } from '../../src/runtime/ports.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { type BoardTrouble, startAdversary } from './adversary.ts';
import { createChance } from './chance.ts';
import { check, type Invariant, type Verdict } from './checker.ts';
import { createFaultyStore } from './faulty-store.ts';
import { createFleet, type Fleet } from './fleet.ts';
import { createJobQueue } from './job-queue.ts';
import { createLedger } from './ledger.ts';
import { limitsOf } from './limits.ts';
import { createMachine, type Machine } from './machine.ts';
import { createNetwork } from './network.ts';
import { createPeople, type Person } from './people.ts';
import { createScheduler } from './scheduler.ts';
import { type Parts, startNode } from './sim-node.ts';
import { createSimWire } from './sim-wire.ts';
import { createStoreTrouble } from './store-trouble.ts';
import { startWorkload } from './workload.ts';

export interface SimulationOptions {
  readonly parts?: Parts;
  /** Of what passes between nodes, what is thrown away. */
  readonly isDropped?: (message: object) => boolean;
  /** Called with every line of what happens. */
  readonly trace?: (line: string) => void;
}
export interface Outcome extends Omit<Verdict, 'red'> {
  readonly red: Readonly<Partial<Record<Invariant | 'nobodyIsLeftBehind', readonly string[]>>>;
  readonly seed: number;
  readonly isGreen: boolean;
  /** Simulated milliseconds until every job was done, and everybody had an answer and saw what is there, after all was mended. */
  readonly healedMs: number;
  readonly steps: number;
  readonly did: Readonly<Partial<Record<ClusterEvent | 'fenced' | 'unknown', number>>>;
}

/** People and faults, in simulated time; then time to mend, of which the last part is for what only silence repairs. */
const troubleMs = [12_000, 28_000] as const;
const mendMs = 120_000;
const quietMs = 15_000;
/** After which nobody who left is held for present: longer than the longest time of presence, and a heartbeat. */
const goneMs = 50_000;

export const simulate = async (seed: number, options: SimulationOptions = {}): Promise<Outcome> => {
  const chance = createChance(seed);
  const scheduler = createScheduler(chance);
  const network = createNetwork(scheduler, chance);
  const people = createPeople({ chance, scheduler });
  const limits = limitsOf(chance.fork('limits'));
  const memory = createMemoryStore({ rememberMax: limits.dedupeCommandsMax });
  const ledger = createLedger({ scheduler, memory });
  const trouble = createStoreTrouble();
  const board: BoardTrouble = { isAway: false, cutOff: new Set(), delayMs: [0.1, 2] };
  const boardDice = chance.fork('board');
  const did: Partial<Record<keyof Outcome['did'], number>> = {};
  const count = (what: keyof Outcome['did']) => void (did[what] = (did[what] ?? 0) + 1);
  const trace = (who: string, what: string) =>
    options.trace?.(`${scheduler.now.toFixed(2).padStart(10)} ${who} ${what}`);

  const machines = new Map<string, Machine>();
  const canReachBoard = (id: string) => !board.isAway && !board.cutOff.has(machines.get(id)!.name);
  const cluster = createMemoryCluster({
    now: () => scheduler.now,
    carry(from, to, message, deliver) {
      if (options.isDropped?.(message)) return;
      network.carry(machines.get(from)!, machines.get(to)!, message, (arrived) => {
        const { kind, message: said } = arrived as { kind: string; message?: { verb?: string; ask?: { id: string } } };
        if (kind === 'ask' && said?.verb === 'send') ledger.copied(said.ask!.id, 'passedOn');
        deliver(arrived);
      });
    },
    canReachBoard,
    board: (id, run) =>
      new Promise((resolve, reject) => {
        const machine = machines.get(id)!;
        const lost = () => machine.enter(() => reject(new Error('the board does not answer')));
        scheduler.post(boardDice.between(...board.delayMs), () => {
          if (!canReachBoard(id)) return lost();
          const value = run();
          scheduler.post(boardDice.between(...board.delayMs), () =>
            canReachBoard(id) ? machine.enter(() => resolve(value)) : lost(),
          );
        });
      }),
    reset: () => (boardDice.happens(0.7) ? boardDice.between(0.1, 5) : null),
  });
  const meter: Meter = {
    command() {},
    batch: (_, __, ___, outcome) => outcome === 'unknown' && count('unknown'),
    activated() {},
    fenced: () => count('fenced'),
    patch() {},
    cluster: count,
  };
  const logOf = (id: string) => {
    const log = (level: string) => (fields: object, message: string) =>
      options.trace && trace(id, `${level}: ${message} ${JSON.stringify(fields)}`);
    return { info: log('info'), warn: log('warn'), error: log('error') };
  };

  const fleet: Fleet = createFleet(
    Array.from({ length: 2 + chance.int(3) }, (_, n) => `node-${n + 1}`),
    (id, name) => {
      const own = chance.fork(id);
      const machine = createMachine(name, scheduler, own);
      machines.set(id, machine);
      const store = createFaultyStore({ memory, machine, scheduler, chance: own, trouble });
      trace(id, 'starts');
      return startNode({
        id,
        machine,
        cluster,
        store,
        people,
        ledger,
        limits,
        meter,
        chance: own.fork('node'),
        parts: options.parts ?? {},
        log: logOf(id),
        ...(options.trace && { trace: (what: string) => trace(id, what) }),
      });
    },
  );
  const workers = () => fleet.running.map(({ worker }) => worker);
  const jobs = createJobQueue({ memory, scheduler, chance, workers });

  let pages = 0;
  const newClient = (person: Person) => {
    const key = `page-${++pages}`;
    const own = chance.fork(key);
    const machine = createMachine(key, scheduler, own);
    fleet.addClient(machine);
    const { clock, timers } = machine;
    const client = assemble({
      limits: clientLimits,
      time: { after: timers.after, random: own.next, now: clock.monotonic },
      wire: (events) =>
        createSimWire({
          client: machine,
          scheduler,
          chance: own,
          network,
          events,
          limits: clientLimits,
          doors: () => fleet.doors(person, key),
        }),
    });
    return {
      key,
      client,
      close() {
        client.close();
        fleet.removeClient(machine);
        machine.kill();
      },
    };
  };

  const durationMs = chance.between(...troubleMs);
  const workload = startWorkload({ chance, scheduler, people, ledger, newClient, options: { durationMs } });
  const adversary = startAdversary({
    chance,
    scheduler,
    network,
    fleet,
    people,
    board,
    durationMs,
    store: trouble,
    flushBoard: cluster.flush,
    note: (what) => trace('adversary', what),
  });

  /** Everybody goes home: who is left sits in a room's memory for ever, and keeps the room there. */
  const ghosts = async () => {
    for (const { client } of workload.clients) client.close();
    await scheduler.run(scheduler.now + goneMs);
    return fleet.all.reduce((sum, { node }) => sum + node.watchers, 0);
  };

  await scheduler.run(durationMs);
  workload.stop();
  adversary.heal();
  const isQuiet = () => ledger.isQuiet && jobs.waiting === 0;
  await scheduler.run(durationMs + mendMs, isQuiet);
  const healedMs = scheduler.now - durationMs;
  await scheduler.run(scheduler.now + quietMs);
  // Whoever only in the silence noticed that their connection is gone is coming back now.
  await scheduler.run(scheduler.now + mendMs, isQuiet);
  const { red, figures } = check({ ledger, memory, people, isHealed: true });
  const left = await ghosts();
  const all = left > 0 ? { ...red, nobodyIsLeftBehind: [`${left} watchers of closed pages still sit in rooms`] } : red;
  return { red: all, figures, seed, isGreen: Object.keys(all).length === 0, healedMs, steps: scheduler.steps, did };
};
