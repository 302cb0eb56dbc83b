/** Seeded randomness (sfc32): the same seed gives the same run, whatever else runs beside it. */
export interface Chance {
  /** From 0 to just under 1. */
  next(): number;
  /** 0 … max - 1 */
  int(max: number): number;
  between(min: number, max: number): number;
  happens(probability: number): boolean;
  pick<T>(of: readonly T[]): T;
  /** A stream of its own, from seed and name alone: one part that draws more does not shift another. */
  fork(name: string): Chance;
  /** The id that a machine whose clock shows `ms` would make. */
  uuid7(ms: number): string;
}

export const createChance = (seed: number): Chance => {
  // Kept as 32-bit integers: V8 holds those without allocating.
  let a = Math.floor(seed) | 0;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;
  const draw = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum;
  };
  // The first draws of neighbouring seeds look alike.
  for (let i = 0; i < 15; i++) draw();

  const next = () => (draw() >>> 0) / 2 ** 32;
  const hex = (digits: number) => (draw() >>> (32 - 4 * digits)).toString(16).padStart(digits, '0');
  return {
    next,
    int: (max) => Math.floor(next() * max),
    between: (min, max) => min + next() * (max - min),
    // Draws even if the answer is certain, so that a changed probability changes nothing else of a run.
    happens: (probability) => next() < probability,
    pick: (of) => of[Math.floor(next() * of.length)]!,
    fork: (name) => createChance(seedOf(seed, name)),
    uuid7(ms) {
      const time = Math.floor(ms).toString(16).padStart(12, '0');
      const variant = (8 + (draw() & 3)).toString(16);
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(8)}${hex(4)}`;
    },
  };
};

/** 53 bits out of seed and name (cyrb53). */
const seedOf = (seed: number, name: string): number => {
  let low = 0xdeadbeef ^ seed;
  let high = 0x41c6ce57 ^ Math.floor(seed / 2 ** 32);
  for (let i = 0; i < name.length; i++) {
    low = Math.imul(low ^ name.charCodeAt(i), 2654435761);
    high = Math.imul(high ^ name.charCodeAt(i), 1597334677);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  return 2 ** 32 * (high & 0x1fffff) + (low >>> 0);
};
