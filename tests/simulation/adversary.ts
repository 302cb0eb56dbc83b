/** What goes wrong in a run, and when: drawn from the seed before and while it happens, and taken back at the end. */
import type { Chance } from './chance.ts';
import { weighed } from './claims.ts';
import type { Fleet } from './fleet.ts';
import type { Network } from './network.ts';
import type { People } from './people.ts';
import type { Scheduler } from './scheduler.ts';
import { calmStore, type StoreTrouble } from './store-trouble.ts';

/** The note board of owners and members, as nodes reach it: Redis, in life. */
export interface BoardTrouble {
  isAway: boolean;
  /** Machines without a route to it. */
  readonly cutOff: Set<string>;
  delayMs: readonly [min: number, max: number];
}
interface Deps {
  readonly chance: Chance;
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly fleet: Fleet;
  readonly people: People;
  readonly store: StoreTrouble;
  readonly board: BoardTrouble;
  readonly durationMs: number;
  flushBoard(): void;
  note(what: string): void;
}

const hour = 3_600_000;
const busyMs = [50, 300] as const;
const calmMs = [0.1, 3] as const;

export const startAdversary = (deps: Deps) => {
  const { scheduler, network, fleet, people, store, board, flushBoard, note } = deps;
  const chance = deps.chance.fork('adversary');
  /** Some runs are nearly calm, some are never. */
  const everyMs = chance.pick([400, 1_000, 2_500]);
  let isOver = false;

  const later = (ms: number, undo: () => void) =>
    scheduler.post(ms, () => {
      if (!isOver) undo();
    });
  const machineOf = () => chance.pick(fleet.running)?.machine;

  const deeds = {
    crash() {
      if (fleet.running.length < 2 && chance.happens(0.7)) return;
      const victim = chance.pick(fleet.running);
      fleet.crash(victim);
      later(chance.between(200, 6_000), () => fleet.start(victim.machine.name));
    },
    stop() {
      const victim = chance.pick(fleet.running);
      void fleet.stop(victim);
      later(chance.between(2_000, 12_000), () => fleet.start(victim.machine.name));
    },
    join() {
      if (fleet.running.length < 5) fleet.start(`extra-${chance.int(1_000)}`);
    },
    freeze() {
      const machine = machineOf()!;
      machine.freeze();
      later(chance.between(50, chance.pick([400, 3_000, 9_000])), () => machine.thaw());
    },
    partition() {
      const [a, b] = [machineOf()!.name, machineOf()!.name];
      if (a === b) return;
      network.cut(a, b);
      later(chance.between(100, 6_000), () => network.mend(a, b));
    },
    isolateFromDatabase() {
      const { name } = machineOf()!;
      store.cutOff.add(name);
      later(chance.between(100, 5_000), () => store.cutOff.delete(name));
    },
    isolateFromBoard() {
      const { name } = machineOf()!;
      board.cutOff.add(name);
      later(chance.between(100, 10_000), () => board.cutOff.delete(name));
    },
    boardAway() {
      board.isAway = true;
      later(chance.between(100, 10_000), () => (board.isAway = false));
    },
    flush: flushBoard,
    databaseAway() {
      // Slow before it goes, so that much is on its way back: written, and nobody will know.
      store.delayMs = busyMs;
      const awayMs = chance.between(50, 3_000);
      later(chance.between(0, busyMs[1]), () => {
        [store.delayMs, store.isAway] = [calmMs, true];
        later(awayMs, () => (store.isAway = false));
      });
    },
    badStore() {
      store.slow = chance.pick([0, 0.02, 0.2]);
      store.slowMs = chance.pick([100, 1_000, 3_000]);
      store.lostBefore = chance.pick([0, 0.01, 0.05]);
      store.lostAfter = chance.pick([0, 0.05, 0.3]);
      store.rejected = chance.pick([0, 0.01, 0.05]);
      store.delayMs = chance.pick([
        [0.1, 3],
        [5, 40],
      ]);
      later(chance.between(500, 6_000), () => calmRates());
    },
    badWeather() {
      network.weather = {
        delayMs: chance.pick([
          [0.1, 1],
          [1, 30],
          [0.1, 150],
        ]),
        late: chance.pick([0, 0.01, 0.05]),
        lateMs: chance.pick([200, 1_500, 5_000]),
        loss: chance.pick([0, 0.01, 0.04]),
        twice: chance.pick([0, 0.02, 0.1]),
      };
    },
    jump() {
      machineOf()!.jump(chance.pick([-hour, -5_000, 5_000, hour, 31 * 24 * hour]));
    },
    disturbClient() {
      const machine = chance.pick(fleet.clientMachines());
      const node = machineOf()!;
      if (!machine) return;
      const deed = chance.int(3);
      if (deed === 0) network.sever(machine.name, node.name);
      else if (deed === 1) {
        network.cut(machine.name, node.name);
        later(chance.between(100, 20_000), () => network.mend(machine.name, node.name));
      } else {
        // A slow consumer: it reads nothing for a while.
        machine.freeze();
        later(chance.between(100, 8_000), () => machine.thaw());
      }
    },
    changeRoles() {
      const { accountId, caller } = chance.pick(people.everyone);
      const was = caller.roles;
      people.change(accountId, was.length > 0 && chance.happens(0.7) ? [] : ['agent']);
      later(chance.between(100, 8_000), () => people.change(accountId, was));
    },
  };
  const calmRates = () => {
    const { isAway } = store;
    const cutOff = [...store.cutOff];
    calmStore(store);
    store.isAway = isAway;
    for (const name of cutOff) store.cutOff.add(name);
  };
  const weights: readonly (readonly [keyof typeof deeds, number])[] = [
    ['crash', 4],
    ['freeze', 4],
    ['partition', 3],
    ['isolateFromDatabase', 2],
    ['isolateFromBoard', 2],
    ['databaseAway', 2],
    ['badStore', 8],
    ['badWeather', 4],
    ['disturbClient', 4],
    ['changeRoles', 3],
    ['boardAway', 1],
    ['flush', 1],
    ['stop', 2],
    ['join', 2],
    ['jump', 1],
  ];
  const next = () => {
    scheduler.post(chance.between(0, everyMs * 2), () => {
      if (isOver) return;
      if (fleet.running.length > 0) {
        const deed = weighed(chance, weights);
        note(deed);
        deeds[deed]();
      }
      next();
    });
  };
  next();

  return {
    /** Everything is mended, everybody is back. */
    heal() {
      isOver = true;
      note('heal');
      network.calm();
      calmStore(store);
      board.isAway = false;
      board.cutOff.clear();
      fleet.heal();
      for (const machine of fleet.clientMachines()) machine.thaw();
    },
  };
};
