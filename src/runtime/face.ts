/** What watchers have to do with: a room's outward side, and the state it shows. */
import type { Caller, Signal } from '../../rooms/kit.ts';

/** The side of a room that faces its watchers; claims and boards alike have one. */
export interface Face {
  readonly kind: string;
  seat(state: unknown, by: Caller): string | null;
  view(state: unknown, seat: string): object;
  offers(state: unknown, seat: string): readonly string[];
  readonly signals?: { readonly [kind: string]: Signal<string> };
  readonly presence?: readonly string[];
}
/** A committed state: the only thing a watcher is ever shown. */
export interface Standing {
  readonly epoch: number;
  readonly seq: number;
  readonly state: unknown;
}
