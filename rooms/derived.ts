/** A derived room (a board): nothing of it is stored. It shows sums over the list of claims, and they follow every durable change. */
import type { Caller } from './kit.ts';
import type { Tally } from './tally.ts';

/** What a board is looked at by, beside the sums. */
export interface About {
  /** In the insurer's time zone. */
  readonly today: string;
  /** What stands in place of the `*` of its id; empty where there is none. */
  readonly name: string;
  /** The team of an agent: the department in their record. Null: no record, or none in it. */
  teamOf(agentId: string): string | null;
}
export interface DerivedRoom<Seat extends string> {
  /** `board/claims`; or `board/agent-*`, one for each name. */
  readonly id: string;
  /** One sentence on what it shows. */
  readonly summary: string;
  seat(caller: Caller, name: string): Seat | null;
  readonly view: { readonly [K in Seat]: (tally: Tally, about: About) => object };
}
export const derivedOf =
  <Seat extends string>() =>
  (room: DerivedRoom<Seat>) =>
    room;
// `any`: the register holds boards of every seat
export type AnyDerivedRoom = DerivedRoom<any>;
