/** What happened to a claim, told to each seat: which events, in which words, and by whom. */
import type { Claim, Seat } from '../../rooms/claim/claim.ts';
import type { StoredEvent } from '../runtime/ports.ts';
import { type Called, suspicions, type Words, wordsForAll, wordsForStaff } from './claim-words.ts';
import { type OutsideWords, wordsForAssessor, wordsForHolder, wordsForThirdParty } from './claim-words-outside.ts';

/** Inside people hear of everything, and who did it; outside only of what has words for them. */
const wordsBySeat: Record<Seat, { readonly inside: Words } | { readonly outside: OutsideWords }> = {
  system: { inside: wordsForAll },
  investigator: { inside: wordsForAll },
  supervisor: { inside: wordsForStaff },
  handler: { inside: wordsForStaff },
  assessor: { outside: wordsForAssessor },
  desk: { inside: wordsForStaff },
  auditor: { inside: wordsForAll },
  holder: { outside: wordsForHolder },
  thirdParty: { outside: wordsForThirdParty },
};

/** A seat of whom nobody has said anything hears of nothing. */
const wordsFor = (seat: string) =>
  Object.hasOwn(wordsBySeat, seat) ? wordsBySeat[seat as Seat] : { outside: {} satisfies OutsideWords };

export const isInside = (seat: string): boolean => 'inside' in wordsFor(seat);

export interface Told {
  readonly summary: string;
  /** A seat; to those outside `us`, unless it was they themselves. */
  readonly bySeat: string;
  readonly isNameTold: boolean;
}
export interface Timeline {
  /** The only kinds of event this seat hears of; undefined: all. */
  readonly types: readonly string[] | undefined;
  /** Null: not for this seat. */
  tell(event: StoredEvent, called: Called): Told | null;
}

/** `claim` as it stands now: some events are told by what has become of them. */
export const timelineFor = (seat: string, claim: Claim): Timeline => {
  const words = wordsFor(seat);
  if ('inside' in words) return { types: undefined, tell: (event, called) => toldInside(words.inside, event, called) };
  return { types: Object.keys(words.outside), tell: (event) => toldOutside(words.outside, seat, event, claim) };
};

type Say<About> = (data: unknown, about: About) => string | null;

const toldInside = (words: Words, { type, data, bySeat }: StoredEvent, called: Called): Told => {
  const say = Object.hasOwn(words, type) ? (words[type as keyof Words] as Say<Called>) : undefined;
  const isHidden = words === wordsForStaff && suspicions.includes(type);
  return { summary: say?.(data, called) ?? type, bySeat: isHidden ? 'us' : bySeat, isNameTold: !isHidden };
};

const toldOutside = (words: OutsideWords, seat: string, event: StoredEvent, claim: Claim): Told | null => {
  const { type, data, bySeat } = event;
  if (!Object.hasOwn(words, type)) return null;
  const say = words[type as keyof OutsideWords] as Say<{ readonly claim: Claim; readonly bySeat: string }>;
  const summary = say(data, { claim, bySeat });
  return summary === null ? null : { summary, bySeat: bySeat === seat ? seat : 'us', isNameTold: false };
};
