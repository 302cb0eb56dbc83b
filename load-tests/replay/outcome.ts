/** What a replay came to, in figures and row by row; also what `--json` writes. */
import { basename } from 'node:path';
import { type Percentiles, percentilesOf, round } from '../percentiles.ts';
import type { Wish } from './arguments.ts';
import type { JournalCheck } from './journal-check.ts';
import type { Fate, FateKind } from './life.ts';
import type { Tally } from './tally.ts';

export const fateKinds: readonly FateKind[] = ['filed', 'already', 'continued', 'stopped', 'refused', 'unfinished'];

export interface Outcome {
  readonly file: string;
  readonly mapping: string;
  readonly rate: number;
  readonly rows: number;
  readonly fates: Readonly<Record<FateKind, number>>;
  /** Rows that were never begun, as the run was stopped. */
  readonly not_begun: number;
  readonly seconds: number;
  readonly commands: number;
  /** Of them: done by an earlier run. They are in no percentile. */
  readonly repeated: number;
  readonly commands_per_second: number;
  /** Null: nothing new was done. */
  readonly ack_ms: Percentiles | null;
  readonly seen_ms: Percentiles | null;
  readonly unseen: number;
  readonly journal: JournalCheck;
  readonly is_all_accounted_for: boolean;
  /** In the order of the file. */
  readonly detail: readonly Fate[];
}

interface Run {
  readonly wish: Wish;
  readonly rows: number;
  readonly fates: readonly Fate[];
  readonly tally: Tally;
  readonly seconds: number;
  readonly journal: JournalCheck;
}

export const outcomeOf = ({ wish, rows, fates, tally, seconds, journal }: Run): Outcome => {
  const count = (kind: FateKind) => fates.filter((fate) => fate.kind === kind).length;
  const counts = Object.fromEntries(fateKinds.map((kind) => [kind, count(kind)])) as Record<FateKind, number>;
  const notBegun = rows - fates.length;
  return {
    file: basename(wish.file),
    mapping: wish.mapping.name,
    rate: wish.ratePerSecond,
    rows,
    fates: counts,
    not_begun: notBegun,
    seconds: round(seconds),
    commands: tally.commands,
    repeated: tally.repeated,
    commands_per_second: round(tally.commands / seconds),
    ack_ms: measured(tally.ackMs),
    seen_ms: measured(tally.seenMs),
    unseen: tally.unseen,
    journal,
    is_all_accounted_for:
      counts.unfinished === 0 && notBegun === 0 && tally.unseen === 0 && journal.faults.length === 0,
    detail: fates.toSorted((a, b) => a.line - b.line),
  };
};

const measured = (ms: readonly number[]) => (ms.length > 0 ? percentilesOf(ms) : null);
