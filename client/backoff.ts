/** How long to wait before the next try: doubling, and spread so that a thousand clients do not come back together. */

/** `tries` counts from 0: between min and 2 × min; at last between max / 2 and max. `random` is from 0 up to 1. */
export const backoffMs = (tries: number, min: number, max: number, random: number) => {
  const ceiling = Math.min(max, 2 * min * 2 ** Math.min(tries, 20));
  return ceiling * (0.5 + random / 2);
};

/** What the server asked for wins, spread a little; a nonsensical wish is ignored. */
export const retryMs = (wished: number | undefined, tries: number, min: number, max: number, random: number) => {
  if (wished === undefined || !(wished >= 0 && wished <= 60_000)) return backoffMs(tries, min, max, random);
  return wished * (1 + random / 4);
};
