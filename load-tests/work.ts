/** What agents do, and the open-loop schedule that follows from it: when each command is due, whatever the server does. */
import { createRandom, shuffled } from './random.ts';

export interface Work {
  readonly name: string;
  readonly agents: number;
  readonly claims: number;
  readonly noteLength: number;
  /** The claims this agent has open: its one socket watches them all. */
  watches(agent: number): readonly number[];
  /** Agents of one group are in one client process, so that the last watcher of a claim can be known there. */
  groupOf(agent: number): number;
  /** Who writes where: each pair comes once per cycle, in a seeded order. */
  pairs(): readonly (readonly [agent: number, claim: number])[];
}

export interface Timing {
  readonly rate: number;
  readonly warmupSeconds: number;
  readonly seconds: number;
  readonly seed: number;
}

export interface Schedule {
  /** Milliseconds from the start of the warm-up. */
  readonly due: Float64Array;
  readonly agent: Uint16Array;
  readonly claim: Uint16Array;
}

/** One command per 1/rate seconds, at a random moment within it: a steady rate that does not march in step with the server. */
export const scheduleOf = (work: Work, { rate, warmupSeconds, seconds, seed }: Timing): Schedule => {
  const random = createRandom(seed);
  const count = Math.round(rate * (warmupSeconds + seconds));
  const due = new Float64Array(count);
  const agent = new Uint16Array(count);
  const claim = new Uint16Array(count);
  const pairs = work.pairs();
  let cycle: (readonly [number, number])[] = [];
  for (let n = 0; n < count; n++) {
    if (cycle.length === 0) cycle = shuffled(pairs, random);
    due[n] = ((n + random()) / rate) * 1_000;
    [agent[n], claim[n]] = cycle.pop()!;
  }
  return { due, agent, claim };
};
