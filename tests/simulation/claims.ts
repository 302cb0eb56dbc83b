/** The claims of a run as the people at work know them: whose they are, how hot, and what was sent so far. No more than a guess. */
import type { Chance } from './chance.ts';
import type { People, Person } from './people.ts';

export interface KnownClaim {
  readonly room: string;
  readonly holder: Person;
  /** How much of the work goes here. */
  readonly heat: number;
  readonly startsAsDraft: boolean;
  readonly openedBy: Person;
  readonly opensAtMs: number;
  /** Somebody was told that it is open. */
  isOpen: boolean;
  isReported: boolean;
  /** Of all notes sent. */
  readonly noteIds: string[];
  /** A note of the same id was sent under another command; it must find the first one still there (`notesKept`). */
  hasTwinNote: boolean;
}

export const newClaims = (
  chance: Chance,
  people: People,
  options: { readonly claims: number; readonly openWithinMs: number; newId(): string },
): readonly KnownClaim[] =>
  Array.from({ length: options.claims }, (_, n) => {
    const holder = chance.pick([...people.holders, people.mixed]);
    const openedBy = chance.happens(0.5) ? holder : chance.pick([...people.supervisors, ...people.agents]);
    return {
      room: `claim/${options.newId()}`,
      holder,
      // The first gets about half of everything: many commands of many people at once.
      heat: 1 / 2 ** n,
      startsAsDraft: chance.happens(0.5),
      openedBy,
      opensAtMs: n === 0 ? 0 : chance.between(0, options.openWithinMs),
      isOpen: false,
      isReported: false,
      noteIds: [],
      hasTwinNote: false,
    };
  });

/** One of them, each as often as it weighs. */
export const weighed = <T>(chance: Chance, choices: readonly (readonly [choice: T, weight: number])[]): T => {
  let at = chance.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) if ((at -= weight) < 0) return choice;
  return choices.at(-1)![0];
};
