/** What two views of one state have in common: a field shown in both and alike. The stricter of two seats, whatever they are. */
export const sharedView = (one: object, other: object): object => {
  const shared = Object.entries(one).flatMap(([key, mine]: [string, unknown]): [string, unknown][] => {
    const theirs: unknown = Object.hasOwn(other, key) ? (other as Record<string, unknown>)[key] : undefined;
    if (isMap(mine) && isMap(theirs)) return [[key, sharedView(mine, theirs)]];
    return theirs !== undefined && JSON.stringify(mine) === JSON.stringify(theirs) ? [[key, mine]] : [];
  });
  return Object.fromEntries(shared);
};

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
