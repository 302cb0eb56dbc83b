/** A derived room (a board): nothing of it is stored. It starts from a list's rows and follows every durable change of that list. */
import type { Caller } from './kit.ts';

export interface DerivedRoom<S, Row, Seat extends string> {
  /** `board/claims`. */
  readonly id: string;
  /** The projection whose rows it is made of. */
  readonly of: string;
  /** The columns it needs; `id` and `seq` among them. */
  readonly columns: readonly string[];
  start(rows: readonly Row[]): S;
  /** Takes the same change twice, or an older one after a newer one, without harm: rows carry `id` and a rising `seq`. */
  follow(state: S, row: Row): S;
  seat(caller: Caller): Seat | null;
  readonly view: { readonly [K in Seat]: (state: S) => object };
}
export const derivedOf =
  <S, Row, Seat extends string>() =>
  (room: DerivedRoom<S, Row, Seat>) =>
    room;
// `any`: the register holds boards of every state
export type AnyDerivedRoom = DerivedRoom<any, any, any>;
