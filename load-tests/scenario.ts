/** What a scenario is: what it needs, how one round of one system is played, and how its figures are told. */
import type { Prepared } from './systems/system.ts';

/** What may be set on the command line. A scenario names those it knows by giving their defaults. */
export const numberNames = ['seconds', 'rate', 'steps', 'claims', 'sockets', 'rounds', 'processes', 'seed'] as const;
export type Numbers = Readonly<Record<(typeof numberNames)[number], number>>;

export interface Needs {
  readonly agents: number;
  readonly claims: number;
  readonly customers?: number;
  /** Limits of the server that this scenario is not about, raised out of its way. */
  readonly limits: Readonly<Record<string, string>>;
}
/** One system's rounds, and who it was. */
export interface Played<R> {
  readonly system: string;
  readonly rounds: readonly R[];
}
export interface Aim {
  readonly aim: string;
  readonly came: string;
  readonly ok: boolean;
}
export type Row = readonly [label: string, cell: string];

export interface Scenario<R = unknown> {
  readonly name: string;
  summary(numbers: Numbers): string;
  /** Run in turn, in every round. */
  readonly systems: readonly string[];
  readonly defaults: Partial<Numbers> & Pick<Numbers, 'rounds'>;
  needs(numbers: Numbers): Needs;
  /** Once per system, when it is prepared and not yet measured; answers what it is from now on. */
  fill?(prepared: Prepared, numbers: Numbers): Promise<Prepared>;
  round(prepared: Prepared, numbers: Numbers): Promise<R>;
  /** One line, as soon as it is over. */
  told(round: R): string;
  /** Over all rounds, for the file: counts are sums, everything else medians. */
  figures(rounds: readonly R[]): object;
  /** What stands under `results` in the file, where that is not one entry per system. */
  results?(rounds: readonly R[]): readonly object[];
  /** The same for the table; every system of a scenario has the same rows. */
  rows(rounds: readonly R[]): readonly Row[];
  /** What was hoped for, and what came. */
  aims(played: readonly Played<R>[]): readonly Aim[];
}
