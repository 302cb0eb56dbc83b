/** The desk: gives claims that nobody has to agents at work, one decision at a time. What waits and who is here it is told as facts. */
import type { AtWork, Waiting } from './choose.ts';

/** How the queue and the office stand, read just before a decision. */
export interface DeskNow {
  /** Most urgent first, the longest waiting first among equals; no more than the desk looks at in one go. */
  readonly waiting: readonly Waiting[];
  readonly atWork: readonly AtWork[];
}

export interface HandedOut {
  readonly n: number;
  readonly agentId: string;
  readonly by: 'rules' | 'pull';
  readonly at: string;
}
export interface Desk {
  readonly status: 'open';
  /** Claims on their way to an agent: the claim itself has not said yes or no. By claim. */
  readonly offered: Readonly<Record<string, { readonly agentId: string; readonly at: string }>>;
  /** By agent: the number of the last claim they were given. */
  readonly turns: Readonly<Record<string, number>>;
  readonly turn: number;
  /** The newest, by claim. */
  readonly handedOut: Readonly<Record<string, HandedOut>>;
  readonly changedAt: string;
}
export type Seat = 'system' | 'supervisor' | 'agent' | 'auditor';

export const initial: Desk = { status: 'open', offered: {}, turns: {}, turn: 0, handedOut: {}, changedAt: '' };

/** Claims given in one turn: the next follows at once. */
export const offersAtOnceMax = 50;
/** An offer of which nothing was heard for so long has come to nothing. */
export const offerMinutes = 5;
/** More agents than any office has; whose turn was longest ago is forgotten first. */
export const turnsMax = 1_000;
/** About a screenful. */
export const handedOutMax = 20;
