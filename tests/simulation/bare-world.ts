/** Chance, time, weather and machines on which nothing runs yet. */
import { createChance } from './chance.ts';
import { createMachine } from './machine.ts';
import { createNetwork } from './network.ts';
import { createScheduler } from './scheduler.ts';

export const createBareWorld = (seed = 1) => {
  const chance = createChance(seed);
  const scheduler = createScheduler(chance);
  const network = createNetwork(scheduler, chance);
  const machine = (name: string) => createMachine(name, scheduler, chance);
  return { chance, scheduler, network, machine, a: machine('a'), b: machine('b') };
};
