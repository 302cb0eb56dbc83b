/** What the harness and its client processes say to each other. */
import type { Person } from './systems/system.ts';
import type { Timing } from './work.ts';

export interface Order {
  /** What the agents do, by name. */
  readonly work: string;
  /** `client`: the real one. `raw`: sockets that only count, for rates at which the real one would be measured. */
  readonly crowd: 'client' | 'raw';
  readonly url: string;
  readonly claims: readonly string[];
  readonly people: readonly Person[] | null;
  /** This process, and how many there are. */
  readonly share: { readonly index: number; readonly of: number };
}
export interface Tally {
  readonly sent: number;
  readonly acked: number;
  readonly seen: number;
  /** Notes told to watchers, each counted once per watcher, and the frames they came in. Warm-up and all. */
  readonly deliveries: number;
  readonly frames: number;
  /** Commands sent again because the server asked for it. */
  readonly repeated: number;
  /** By code; `unanswered`, `unseen`, `hole` and `miscounted` are the harness's own. */
  readonly errors: Readonly<Record<string, number>>;
  readonly ackMs: Float64Array;
  /** Until the last watcher of the claim had it. */
  readonly seenMs: Float64Array;
  /** How late the commands left: a late generator measures itself. */
  readonly lateMs: Float64Array;
  readonly loopDelayP99Ms: number;
  readonly cpuPercent: number;
}

export type ToAgents =
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'go'; readonly timing: Timing };
export type FromAgents =
  | { readonly kind: 'ready' }
  /** The time is over; answers may still be coming. */
  | { readonly kind: 'measured' }
  | { readonly kind: 'done'; readonly tally: Tally };
