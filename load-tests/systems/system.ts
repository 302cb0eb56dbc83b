/** A server under test, behind one small interface: a process of its own that answers /readyz and /metrics. */
import type { Launched } from './launch.ts';

export interface Person {
  readonly email: string;
  readonly password: string;
}
export interface Wants {
  readonly agents: number;
  readonly claims: number;
  readonly customers?: number;
  /** Limits raised for the scenario; a system that has none ignores them. */
  readonly limits: Readonly<Record<string, string>>;
  readonly isSlowDisk: boolean;
}
export interface System {
  readonly name: string;
  /** Is what it acknowledges on disk? To be printed beside every figure. */
  readonly isDurable: boolean;
  /** In a few words: what somebody may rely on who has the answer. */
  readonly ackMeans: string;
  /** Once per run: a database, accounts, claims. */
  prepare(wants: Wants): Promise<Prepared>;
}
export interface Prepared {
  /** Room ids; every system is sent the very same commands. */
  readonly claims: readonly string[];
  /** Who logs in; null where nobody is asked who they are. */
  readonly people: readonly Person[] | null;
  /** Somebody who may see what agents do. */
  readonly supervisor?: Person;
  /** Each with an account and nothing reported yet. */
  readonly customers?: readonly Person[];
  readonly areBoardsWatched?: true;
  /** What it runs with, for the record. */
  readonly settings: Readonly<Record<string, string>>;
  /** The client process for a wire of its own. */
  readonly agentsScript?: string;
  /** Of the system's database, while it runs: for filling it. */
  readonly databaseUrl?: () => string;
  start(options?: StartOptions): Promise<Running>;
  /** Where the system is more than one process. */
  readonly startNodes?: () => Promise<Nodes>;
  /** Leaves nothing behind. */
  clear(): Promise<void>;
}
/** Several servers on one database, and the Redis between them. */
export interface Nodes {
  readonly nodes: Running[];
  redis(): Promise<RedisLook>;
  /** Starts the nth again, in place of what was there. */
  again(n: number): Promise<void>;
  stop(): Promise<void>;
}
/** Since it started. */
export interface RedisLook {
  readonly commands: number;
  readonly publications: number;
  readonly cpuSeconds: number;
}
export interface StartOptions {
  /** Over the system's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** A free one when not given. */
  readonly port?: number;
  /** So that its memory can be looked at. */
  readonly isInspected?: boolean;
}
export type Running = Launched;
export interface Vitals {
  readonly loopDelayP99Ms: number | null;
  readonly cpuSeconds: number | null;
  /** Stood still for the garbage collector, since it was started. */
  readonly gcSeconds: number;
  readonly memoryMb: number | null;
}
