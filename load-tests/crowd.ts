/** The agents of one client process, whatever they are made of: signed in, connected, watching. */
import type { Ack } from '../rooms/protocol.ts';
import type { Order } from './messages.ts';
import type { Work } from './work.ts';

export interface Note {
  readonly id: string;
  readonly text: string;
}
/** Both are told the moment on the clock of `performance.now()`, at most once. */
export interface Told {
  acked(ack: Ack, at: number): void;
  /** Everyone who watches the claim has it. */
  seen(at: number): void;
}
export interface Counts {
  readonly deliveries: number;
  readonly frames: number;
  readonly repeated: number;
  /** What went wrong without being the fault of one command, by name. */
  readonly faults: Readonly<Record<string, number>>;
}
export interface Crowd {
  has(agent: number): boolean;
  write(agent: number, claim: number, note: Note, told: Told): void;
  /** Nothing acknowledged is still to be seen by somebody. */
  readonly isEverythingSeen: boolean;
  /** Since they were asked for last; asked for when nothing is under way. */
  counts(): Counts;
  close(): void;
}
export type CreateCrowd = (work: Work, order: Order) => Promise<Crowd>;

/** The agents that are in this client process. */
export const agentsOf = (work: Work, { share }: Order): readonly number[] =>
  Array.from({ length: work.agents }, (_, agent) => agent).filter(
    (agent) => work.groupOf(agent) % share.of === share.index,
  );
