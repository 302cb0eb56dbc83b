/**
 * Words to search by, cut the same way from what is stored and from what is asked, so that neither language rules nor an
 * extension of Postgres are needed. A code such as `CLM-2026-0000042` is also kept as one word and found by any beginning of it.
 */

/** Of a word this much counts; Postgres has a limit of its own, far beyond any real word. */
const lettersMax = 40;
/** Words asked for beyond these are ignored. */
const askedMax = 8;

const marks = /\p{Mn}/gu;
const blanks = /\s+/u;
const betweenWords = /[^\p{L}\p{M}\p{N}]+/u;
const hasDigit = /\p{N}/u;

/** By whole characters, so that none is cut in half. */
const shortened = (word: string) => (word.length > lettersMax ? Array.from(word).slice(0, lettersMax).join('') : word);
const joined = (pieces: readonly string[]) => shortened(pieces.join(''));

/** By way of capitals, which fold more: `ß` is found by `ss`, and a sigma is the same wherever it stands. */
const withoutCase = (text: string) => text.toUpperCase().toLowerCase().replaceAll('ς', 'σ');

/** What stands between blanks, in pieces. Case and accents are dropped: people type neither reliably. */
const chunksOf = (text: string): readonly (readonly string[])[] =>
  withoutCase(text.normalize('NFKD').replaceAll(marks, ''))
    .split(blanks)
    .map((chunk) =>
      chunk
        .split(betweenWords)
        .filter((piece) => piece !== '')
        .map(shortened),
    )
    .filter((pieces) => pieces.length > 0);

/** A number with dashes, a date, a house number: several pieces that are looked for as one. */
const isCode = (pieces: readonly string[]) => pieces.length > 1 && hasDigit.test(pieces.join(''));

/** Each word once, with a blank between. */
export const searchWords = (texts: readonly (string | undefined)[]): string => {
  const words = texts
    .flatMap((text) => chunksOf(text ?? ''))
    .flatMap((pieces) => (isCode(pieces) ? [...pieces, joined(pieces)] : pieces));
  return [...new Set(words)].join(' ');
};

/** A plate by each of its ends: people leave out the blank, put one in, or remember only a part. */
export const plateWords = (registration: string | undefined): string[] => {
  const letters = Array.from(joined(chunksOf(registration ?? '').flat()));
  return letters.slice(0, -1).map((_, from) => letters.slice(from).join(''));
};

/** Before a word that only staff may find. No word of ours holds such a sign. */
const staffMark = '!';
export const forStaff = (words: readonly string[]): string[] => words.map((word) => staffMark + word);

/** A `tsquery`: each word asked for begins a word that is there. Null: there is nothing in it to look for. */
export const searchQuery = (asked: string, isStaff: boolean): string | null => {
  const words = chunksOf(asked).flatMap((pieces) => (isCode(pieces) ? [joined(pieces)] : pieces));
  if (words.length === 0) return null;
  // Letters, marks and digits only: nothing that could end the quotes.
  return words
    .slice(0, askedMax)
    .map((word) => (isStaff ? `('${word}':* | '${staffMark}${word}':*)` : `'${word}':*`))
    .join(' & ');
};

/** A `tsquery` of what has this very plate, told or noted by staff. Null: too short to be one. */
export const plateQuery = (registration: string | undefined): string | null => {
  const [whole = ''] = plateWords(registration);
  return whole.length < plateLettersMin ? null : `'${whole}' | '${staffMark}${whole}'`;
};
const plateLettersMin = 4;
