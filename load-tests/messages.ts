/** What the harness and its client processes say to each other. */
import type { Timing } from './scenario.ts';
import type { Person } from './systems/system.ts';

export interface Order {
  readonly scenario: string;
  readonly url: string;
  readonly claims: readonly string[];
  readonly people: readonly Person[] | null;
  readonly timing: Timing;
  /** This process, and how many there are. */
  readonly share: { readonly index: number; readonly of: number };
}
export interface Tally {
  readonly sent: number;
  readonly acked: number;
  readonly seen: number;
  /** By code; `unanswered` and `unseen` are the harness's own. */
  readonly errors: Readonly<Record<string, number>>;
  readonly ackMs: Float64Array;
  /** Until the last watcher of the claim had it. */
  readonly seenMs: Float64Array;
  /** How late the commands left: a late generator measures itself. */
  readonly lateMs: Float64Array;
  readonly loopDelayP99Ms: number;
  readonly cpuPercent: number;
}

export type ToAgents = { readonly kind: 'order'; readonly order: Order } | { readonly kind: 'go' };
export type FromAgents =
  | { readonly kind: 'ready' }
  | { readonly kind: 'measured' }
  | { readonly kind: 'done'; readonly tally: Tally };
