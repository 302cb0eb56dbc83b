/** One thread that runs a twin from seed to seed until it is found out. Not on the tests' own thread: there promises cost much more. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Invariant } from '../checker.ts';
import { simulate } from '../simulate.ts';
import { type TwinName, twins } from './twins.ts';

export interface Search {
  readonly twin: TwinName;
  readonly from: number;
  readonly to: number;
}
export interface Found {
  /** Null: it passed for a sound system. */
  readonly seed: number | null;
  /** Those red in that run which are about the mistake, with examples, and the names of the others. */
  readonly red: Readonly<Partial<Record<Invariant, readonly string[]>>>;
  readonly others: readonly string[];
  /** Runs before it that broke off with an exception: a defect, but nobody can say that it is this one. */
  readonly brokenOff: readonly string[];
}

const search = async ({ twin, from, to }: Search): Promise<Found> => {
  const { options, about } = twins[twin];
  const brokenOff: string[] = [];
  for (let seed = from; seed <= to; seed++) {
    try {
      const { red } = await simulate(seed, options);
      const isAbout = (name: string) => about.some((each) => each === name);
      const faults = Object.entries(red).filter(([name]) => isAbout(name));
      const others = Object.keys(red).filter((name) => !isAbout(name));
      if (faults.length > 0) return { seed, red: Object.fromEntries(faults), others, brokenOff };
    } catch (error) {
      brokenOff.push(`seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  return { seed: null, red: {}, others: [], brokenOff };
};

parentPort!.postMessage(await search(workerData as Search));
