/** What a decision may ask the world before its turn. Read by `src/facts.ts`; a command names the ones it needs. */
import type { DeskNow } from './desk/desk.ts';
import type { AgentRecord } from './session/record.ts';

export interface Facts {
  /** What waits for a handler, and who is at work. */
  readonly deskNow: DeskNow;
  /** The record of the agent whose session this is, with the claims they have in hand; null: there is none, or they have left. */
  readonly agentRecord: AgentRecord | null;
  /** The next free number, e.g. `CLM-2026-0000042`. Numbers may be skipped, never used twice. */
  readonly claimNumber: string;
  /**
   * The policy named by the loss, as of the day of the loss (of today, while no day is told); input overrules state.
   * Null: no policy is named, or none is known by that number. That there is one does not mean that it is the caller's.
   */
  readonly policyAtLoss: PolicyAtLoss | null;
  /** Ids of other claims under the same policy for the same peril within three days; the nearest ones, at most ten. */
  readonly possibleDuplicates: readonly string[];
  /** The open catastrophe that struck where and when the loss happened; absent: none did. */
  readonly catastrophe?: CatastropheAtLoss | undefined;
}

export interface CatastropheAtLoss {
  readonly id: string;
  readonly name: string;
  /** By which its claims are more urgent. */
  readonly points: number;
}
export interface PolicyAtLoss {
  /** As the policy is recorded; the loss may spell it otherwise. */
  readonly number: string;
  /** The version that speaks for the day; while not in force the one nearest to it. */
  readonly version: number;
  readonly currency: string;
  readonly line: string;
  /** By code. Amounts in minor units; a limit of null is none. Empty when the policy is cancelled. */
  readonly coverages: Readonly<Record<string, CoverageAtLoss>>;
  readonly inForce: boolean;
  /** The customer who holds it. */
  readonly holderId: string;
  readonly isVulnerable: boolean;
}
export interface CoverageAtLoss {
  readonly name: string;
  readonly perils: readonly string[];
  readonly limit: number | null;
  readonly excess: number;
}
