/** Holds the clients' ledger and everything watchers were shown against the journal. Knows nothing of how the server works. */
import type { Journal } from './journal.ts';
import { figuresOf, type Figures } from './figures.ts';
import * as invariants from './invariants.ts';
import type { Line } from './ledger.ts';
import { replayed, type Replayed } from './replayed.ts';
import type { Shown } from './watchers.ts';

export interface Evidence {
  readonly lines: readonly Line[];
  readonly journal: Journal;
  readonly watchings: readonly {
    readonly who: string;
    readonly room: { readonly id: string };
    readonly shown: readonly Shown[];
  }[];
  /** Null: some watcher's view was not right in time. */
  readonly convergedMs: number | null;
}
export interface Checked extends Evidence {
  readonly states: ReadonlyMap<string, Replayed>;
}
export type Invariant = keyof typeof invariants;

export interface Verdict {
  readonly figures: Figures;
  /** What is wrong, by invariant; those that hold are not in it. */
  readonly red: Partial<Record<Invariant, readonly string[]>>;
}

const examples = 5;

export const check = (evidence: Evidence): Verdict => {
  const asked = Map.groupBy(
    evidence.lines.map(({ id, by, name, input }) => ({ id, by: by.caller, name, input })),
    ({ id }) => id,
  );
  const states = new Map([...evidence.journal.events].map(([room, events]) => [room, replayed(room, events, asked)]));
  const checked: Checked = { ...evidence, states };
  const red: Partial<Record<Invariant, readonly string[]>> = {};
  for (const [name, find] of Object.entries(invariants)) {
    const faults = [...find(checked)];
    if (faults.length > 0) red[name as Invariant] = [`${faults.length} in all`, ...faults.slice(0, examples)];
  }
  return { figures: figuresOf(evidence), red };
};
