/** Seeded randomness: the same seed gives the same run, for every system. */
export type Random = () => number;

/** mulberry32; from 0 to just under 1. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const shuffled = <T>(items: readonly T[], random: Random): T[] => {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1));
    [result[last], result[pick]] = [result[pick]!, result[last]!];
  }
  return result;
};

/** So many different ones, at random; all of them if there are not as many. */
export const picked = <T>(items: readonly T[], count: number, random: Random): T[] => {
  const result = [...items];
  const taken = Math.min(count, result.length);
  for (let n = 0; n < taken; n++) {
    const pick = n + Math.floor(random() * (result.length - n));
    [result[n], result[pick]] = [result[pick]!, result[n]!];
  }
  return result.slice(0, taken);
};

const words =
  'called garage holder photos estimate received bumper waiting parts repair agreed excess letter sent police report tow paint'.split(
    ' ',
  );

/** What an agent might note, cut to exactly `length` characters. */
export const noteText = (length: number, random: Random): string => {
  let text = '';
  while (text.length < length) text += `${words[Math.floor(random() * words.length)]} `;
  return `${text.slice(0, length - 1)}.`;
};
