/** What boards and reports are counted from: one row of figures per claim, and how rows are counted together. */
import type { Cube } from '../tally.ts';

/** Written by `src/read/claim-figures.ts`. Money in minor units of the claim's currency; days are the insurer's. */
export interface FiguresRow {
  readonly id: string;
  /** Nothing for a draft that was thrown away. */
  readonly status: string | null;
  readonly priority: string | null;
  readonly handler_id: string | null;
  /** The handler, while the claim is open. */
  readonly in_hand_of: string | null;
  readonly catastrophe_id: string | null;
  readonly currency: string | null;
  readonly reserve: number;
  readonly paid: number;
  readonly reported_on: string | null;
  readonly closed_on: string | null;
  /** The last look at the damage; how long it took, once it is over. */
  readonly assessment_started_on: string | null;
  readonly assessed_on: string | null;
  readonly assessment_seconds: number;
  /** 1 if any time we had promised was missed. */
  readonly missed: number;
  /** When the first of them was. */
  readonly broken_on: string | null;
  /** From report to closing. */
  readonly handling_seconds: number;
  /** 1 if it was closed and money had been paid; then how long from report to the last payment. */
  readonly settled: number;
  readonly settlement_seconds: number;
  /** Messages and requests, either way. */
  readonly interactions: number;
  readonly rated: number;
  readonly stars: number;
  /** The next time by which we promised something, and what. */
  readonly due_at: string | null;
  readonly due_target: string | null;
}

const whenClosed = ['missed', 'handling_seconds', 'settled', 'settlement_seconds', 'interactions', 'rated', 'stars'];

export const cubes: readonly Cube[] = [
  { name: 'standing', by: ['status', 'priority'], sums: ['missed'] },
  { name: 'money', by: ['currency'], sums: ['reserve', 'paid'] },
  { name: 'hands', by: ['in_hand_of', 'priority'], sums: ['missed'] },
  { name: 'catastrophes', by: ['catastrophe_id', 'status', 'currency'], sums: ['reserve', 'paid'] },
  { name: 'reported', by: ['reported_on'], sums: [], isByDay: true },
  { name: 'assessmentsStarted', by: ['assessment_started_on'], sums: [], isByDay: true },
  { name: 'assessed', by: ['assessed_on'], sums: ['assessment_seconds'], isByDay: true },
  { name: 'broken', by: ['broken_on'], sums: [], isByDay: true },
  { name: 'closed', by: ['closed_on'], sums: whenClosed, isByDay: true },
  { name: 'closedBy', by: ['closed_on', 'handler_id', 'priority'], sums: whenClosed, isByDay: true },
] satisfies (Cube & { readonly by: readonly (keyof FiguresRow)[]; readonly sums: readonly string[] })[];

/** So far back days are kept: two years, so that a year can be held against the one before. */
export const daysKept = 732;
