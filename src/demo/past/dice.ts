/** Chance that falls the same way each time: dice with a seed, so that the past is the same on every machine. */

export interface Dice {
  /** 0 to 1, never 1. */
  roll(): number;
  pick<T>(choices: readonly T[]): T;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  /** True so often in a hundred times. */
  chance(percent: number): boolean;
}

/** `seed`: any text. */
export const createDice = (seed: string): Dice => {
  // FNV-1a for the seed, then mulberry32.
  let state = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193);
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    roll,
    pick: (choices) => choices[Math.floor(roll() * choices.length)]!,
    between: (least, most) => least + Math.floor(roll() * (most - least + 1)),
    chance: (percent) => roll() * 100 < percent,
  };
};
